import { Injectable } from '@nestjs/common';

/** Tells the relay, here or in another process, that the outbox has work. A lost signal costs a second, never a row. */
@Injectable()
export class Wake {
  private readonly listeners = new Set<() => void>();

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  signal(): void {
    for (const listener of this.listeners) listener();
  }
}
