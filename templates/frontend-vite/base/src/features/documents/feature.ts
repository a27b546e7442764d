/** Documents: a resource worked out in full, to copy from. To be rid of it: this folder, and its lines in ../index.ts. */
import { SignedIn } from '@/shared/session/signed-in'
import type { Feature } from '../feature'

// Each page is a file of its own, which a browser loads when it is opened.
export const documents: Feature = {
  links: [{ to: '/documents', text: 'Documents' }],
  routes: [
    {
      path: 'documents',
      Component: SignedIn,
      children: [
        {
          index: true,
          lazy: async () => ({ Component: (await import('./list-page')).ListPage }),
        },
        {
          path: 'new',
          lazy: async () => ({ Component: (await import('./new-page')).NewPage }),
        },
        {
          path: ':id',
          lazy: async () => ({ Component: (await import('./document-page')).DocumentPage }),
        },
        {
          path: ':id/edit',
          lazy: async () => ({ Component: (await import('./edit-page')).EditPage }),
        },
      ],
    },
  ],
}
