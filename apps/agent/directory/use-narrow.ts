import { useMediaQuery } from '@mantine/hooks';

/** Whether the screen is a phone's. */
export const useNarrow = () =>
  useMediaQuery('(max-width: 48em)', window.innerWidth < 768, { getInitialValueInEffect: false });
