/** The only source of time. In test mode it can be moved; in production the offset stays zero. */
export class Clock {
  private static offset = 0;

  static now(): Date {
    return new Date(Date.now() + Clock.offset);
  }
  static set(to: Date): void {
    Clock.offset = to.getTime() - Date.now();
  }
  static reset(): void {
    Clock.offset = 0;
  }
}
