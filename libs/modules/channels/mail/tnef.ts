/** Attachments inside a winmail.dat (MS-OXTNEF). */

export type TnefFile = { name: string; content: Buffer };

const SIGNATURE = 0x223e9f78;
const ATTACHMENT_LEVEL = 2;
const RENDER_DATA = 0x9002;
const TITLE = 0x8010;
const CONTENT = 0x800f;
const PROPERTIES = 0x9005;
const LONG_FILE_NAME = 0x3707;
const MOST_FILES = 200;

/** Files of a winmail.dat; empty when it holds none or is damaged before the first. */
export function readTnef(data: Buffer, nameOf: (bytes: Buffer) => string): TnefFile[] {
  if (data.length < 6 || data.readUInt32LE(0) !== SIGNATURE) return [];
  const files: TnefFile[] = [];
  let current: { name?: string; content?: Buffer } | undefined;
  const close = (): void => {
    if (current?.content) files.push({ name: current.name ?? `file-${files.length + 1}`, content: current.content });
  };
  for (let at = 6; at + 9 <= data.length && files.length < MOST_FILES;) {
    const level = data.readUInt8(at);
    const attribute = data.readUInt32LE(at + 1) & 0xffff;
    const length = data.readUInt32LE(at + 5);
    const value = data.subarray(at + 9, at + 9 + length);
    at += 9 + length + 2;
    if (level !== ATTACHMENT_LEVEL) continue;
    if (attribute === RENDER_DATA) {
      close();
      current = {};
    } else if (!current) continue;
    else if (attribute === TITLE) current.name ??= nameOf(untilZero(value));
    else if (attribute === CONTENT) current.content = value;
    else if (attribute === PROPERTIES) current.name = longName(value, nameOf) ?? current.name;
  }
  close();
  return files;
}

const untilZero = (value: Buffer): Buffer => {
  const end = value.indexOf(0);
  return end < 0 ? value : value.subarray(0, end);
};

/** The long file name among the MAPI properties: a string property stands as type, id, count, length, bytes. */
function longName(value: Buffer, nameOf: (bytes: Buffer) => string): string | undefined {
  for (const type of [0x001f, 0x001e]) {
    const mark = Buffer.alloc(4);
    mark.writeUInt16LE(type, 0);
    mark.writeUInt16LE(LONG_FILE_NAME, 2);
    const at = value.indexOf(mark);
    if (at < 0 || at + 12 > value.length) continue;
    const length = value.readUInt32LE(at + 8);
    const bytes = value.subarray(at + 12, at + 12 + length);
    if (!length || length > 2048 || bytes.length < length) continue;
    return type === 0x001f ? bytes.toString('utf16le').replace(/\u0000+$/, '') : nameOf(untilZero(bytes));
  }
  return undefined;
}
