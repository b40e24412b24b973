// SPDX-License-Identifier: GPL-3.0-or-later
// Who looks, and at what: the server writes it into the page (src/serve/app.c).

export type Role = 'viewer' | 'analyst' | 'editor' | 'administrator';

export interface Session {
  role: Role;
  login: string;
  name: string;
  csrf: string;
  workspace: string;
  language: string;
  languages: { code: string; name: string }[]; // that may be chosen
  version: string;
  url: string;
}

const order: Role[] = ['viewer', 'analyst', 'editor', 'administrator'];

function read(): Session {
  const data = document.getElementById('app')?.dataset ?? {};
  const text = (name: string): string => data[name] ?? '';
  const role = order.find((known) => known === text('role')) ?? 'viewer';
  return {
    role,
    login: text('login'),
    name: text('name'),
    csrf: text('csrf'),
    workspace: text('workspace'),
    language: text('language') || 'en',
    languages: text('languages').split(' ').filter(Boolean).map((one) => ({ code: one.split(':')[0] ?? '', name: one.split(':')[1] ?? '' })),
    version: text('version'),
    url: text('url'),
  };
}

export const session: Session = read();

// Roles have all that those before them have.
export function may(role: Role): boolean {
  return order.indexOf(session.role) >= order.indexOf(role);
}
