import en from './i18n/en.json';
import ru from './i18n/ru.json';

export const approvalsTexts = { ru, en };
