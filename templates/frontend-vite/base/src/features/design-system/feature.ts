/** What the pages are made of, shown at /design-system while one develops; a production build does not contain it. */
import type { Feature } from '../feature'

export const designSystem: Feature = {
  routes: import.meta.env.DEV
    ? [
        {
          path: 'design-system',
          lazy: async () => ({
            Component: (await import('./design-system-page')).DesignSystemPage,
          }),
        },
      ]
    : [],
}
