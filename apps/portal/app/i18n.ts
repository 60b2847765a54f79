import { createI18n } from '@opora/ui/i18n';
import approvalsEn from '../features/approvals/i18n/en.json';
import approvalsRu from '../features/approvals/i18n/ru.json';
import peopleEn from '../features/people/i18n/en.json';
import peopleRu from '../features/people/i18n/ru.json';
import profileEn from '../features/profile/i18n/en.json';
import profileRu from '../features/profile/i18n/ru.json';
import ratingsEn from '../features/ratings/i18n/en.json';
import ratingsRu from '../features/ratings/i18n/ru.json';
import signInEn from '../features/sign-in/i18n/en.json';
import signInRu from '../features/sign-in/i18n/ru.json';
import ticketsEn from '../features/tickets/i18n/en.json';
import ticketsRu from '../features/tickets/i18n/ru.json';
import pickersEn from '../pickers/i18n/en.json';
import pickersRu from '../pickers/i18n/ru.json';
import appEn from './i18n/en.json';
import appRu from './i18n/ru.json';

/** Every text of the portal, by feature. */
export const texts = {
  app: { ru: appRu, en: appEn },
  approvals: { ru: approvalsRu, en: approvalsEn },
  people: { ru: peopleRu, en: peopleEn },
  pickers: { ru: pickersRu, en: pickersEn },
  profile: { ru: profileRu, en: profileEn },
  ratings: { ru: ratingsRu, en: ratingsEn },
  signIn: { ru: signInRu, en: signInEn },
  tickets: { ru: ticketsRu, en: ticketsEn },
};

export const i18n = createI18n(texts);
