import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Hints } from './hints'

test('of a part that does not say which service it is, the service has its name', () => {
  const part = { id: 'search', name: 'Search', technology: 'OpenSearch', icon: '' }
  render(<Hints stack={[{ part, status: 'unhealthy', samples: [] }]} migrations={[]} />)
  expect(screen.getByRole('button', { name: 'Copy ./docker-dev.sh logs search' })).toBeVisible()
})
