import { afterAll } from 'vitest';
import { leave } from './page';

afterAll(leave);
