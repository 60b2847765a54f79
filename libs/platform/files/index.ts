export { FileStore } from './file-store';
export { FileView, toFileView } from './files.dto';
export { FilesModule } from './files.module';
export { FileError, isNoSpace } from './files.errors';
export { Files, type NewFile, type PlaceOf } from './files.service';
export { isPhoto, isShownInline, safeFileName } from './file-name';
export { StoredFile } from './stored-file.entity';
