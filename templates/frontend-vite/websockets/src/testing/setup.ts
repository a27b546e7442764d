// slot: imports
import { beforeEach } from 'vitest'
import { startSockets } from './sockets'
// end slot

// slot: setup
beforeEach(() => void startSockets())
