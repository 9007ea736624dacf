// A company of a test's own, set up as an operator does it: by the program's command line, on the database of the server.
import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { enterBy, expect, open, post, sendCredentials, spoken } from './app';
import { field } from './leads';

export type Company = { tenant: string; account: string; password: string };

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run \`cargo xtask test --only browser\``);
  return value;
}

/** Sets up a solution provider in marketing plan 2.0: its administrator, with an initial password. */
export function newCompany(): Company {
  const tenant = `t${Math.floor(Math.random() * 1e12)}`;
  const company = { tenant, account: 'admin', password: 'Initial-2026-pc' };
  const command = (...args: string[]) => {
    execFileSync(required('PARTNER_CENTER'), [...args, '--demo', '--database-url', required('DATABASE_URL')]);
  };
  const title = ['--title', '测试公司', '--kind', 'solution_provider', '--marketing-plan-2'];
  command('tenant', 'create', '--name', tenant, ...title);
  const member = ['--account', company.account, '--name', '管理员', '--role', 'admin', '--password', company.password];
  command('member', 'create', '--tenant', tenant, ...member);
  return company;
}

/** Is signed in for the first time, with another password chosen, where that is not what the test is about. */
export async function enterFirst(page: Page, company: Company) {
  await enterBy(page, company.tenant, company.account, company.password);
  const again = 'Another-2026-pc';
  await post(page, '/change-password', { old: company.password, new: again, again });
  company.password = again;
}

/** Signs in for the first time by the page, and chooses another password. */
export async function signInFirst(page: Page, company: Company) {
  const words = spoken();
  await open(page, '/sign-in');
  await sendCredentials(page, company.tenant, company.account, company.password);
  await field(page, words.oldPassword).fill(company.password);
  company.password = 'Another-2026-pc';
  await field(page, words.newPassword).fill(company.password);
  await field(page, words.passwordAgain).fill(company.password);
  await page.getByRole('button', { name: words.code.confirm, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: words.home })).toBeVisible();
}
