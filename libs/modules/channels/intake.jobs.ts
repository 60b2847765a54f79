import { defineJob } from '@opora/platform/events';

/** Reads one kept mail and gives it its end. */
export const ParseIntake = defineJob<{ intakeId: string }>('channels.parse-intake');
