export { createApi, type Api, type ApiOptions, type Paths, type Schemas } from './api';
export { ApiProblem, unwrap, unwrapWithTag, type FieldProblem } from './problem';
export { type Session, type SessionState, type SignedIn } from './session';
export { connectLive, type LiveMessage, type LiveState } from './live';
export { type StoredFile, type UploadProgress } from './upload';
