export { makeTheme, type Density } from './theme';
export { AppProviders } from './providers';
export { ThemeMenuItems } from './theme-menu';
export { notifyDone, notifyProblem, notifyUndo } from './notices';
