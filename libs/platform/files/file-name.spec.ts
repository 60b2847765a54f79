import { isPhoto, isShownInline, safeFileName } from './file-name';

describe('S-06: file names', () => {
  it.each([
    ['act.pdf', 'act.pdf'],
    ['../../etc/passwd', 'etc_passwd'],
    ['C:\\Users\\x.doc', 'C__Users_x.doc'],
    ['photo\u202Egnp.exe', 'photo_gnp.exe'],
    ['\u0000\u0001', 'file'],
    ['...', 'file'],
    ['  Акт № 5.docx ', 'Акт № 5.docx'],
    ['a'.repeat(300) + '.txt', 'a'.repeat(196) + '.txt'],
  ])('%j becomes %j', (name, safe) => expect(safeFileName(name)).toBe(safe));

  it.each([
    ['image/png', true],
    ['image/svg+xml', false],
    ['text/html', false],
    ['application/pdf', false],
  ])('%s is shown in the browser: %s', (mime, shown) => expect(isShownInline(mime)).toBe(shown));

  it.each([
    ['image/jpeg', true],
    ['image/heic', true],
    ['image/heif', true],
    ['image/webp', true],
    ['image/svg+xml', false],
    ['image/x-icon', false],
    ['application/pdf', false],
    ['video/mp4', false],
  ])('T-12: %s is a photo: %s', (mime, isOne) => expect(isPhoto(mime)).toBe(isOne));
});
