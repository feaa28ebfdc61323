import type { FirstWords } from '../words';
import { app } from './app';
import { applications } from './applications';
import { audit } from './audit';
import { experience } from './experience';
import { guides } from './guides';
import { start } from './start';
import { ui } from './ui';
import { users } from './users';

export const zhCN: FirstWords = { app, applications, audit, experience, guides, start, ui, users };
