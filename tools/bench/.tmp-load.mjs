import { loadDataset } from '/work/main/tools/bench/dataset.mjs';
import { hash } from '@node-rs/argon2';
const t=Date.now();
await loadDataset(process.argv[2], { tickets: Number(process.argv[3]), passwordHash: 'x', say: (w)=>console.log(((Date.now()-t)/1000).toFixed(1), w) });
console.log(((Date.now()-t)/1000).toFixed(1),'done');
