/** zod for everything that comes from outside, without the eval that the page's policy forbids. */
import { z } from 'zod';

// Before any schema is made: each one asks at once whether it may compile itself.
z.config({ jitless: true });

export { z };
