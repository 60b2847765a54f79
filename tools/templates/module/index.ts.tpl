export { __Module__Permission } from './__module__.access';
export { __Module__Module } from './__module__.module';
export { __Thing__ } from './__thing__.entity';
export { __Things__ } from './__things__.service';
