import '@testing-library/jest-dom/vitest'
import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'
// slot: imports

afterEach(cleanup)
// slot: setup
