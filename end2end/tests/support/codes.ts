// The code that a member is sent, as the demo's outbox shows it.
import { expect, type Page } from '@playwright/test';
import { open } from './app';

/** The code in the newest letter of the demo's outbox about this. */
export async function codeFrom(page: Page, about: string): Promise<string> {
  let code = '';
  await expect(async () => {
    await open(page, '/demo/outbox');
    const text = await page.getByRole('listitem').filter({ hasText: about }).first().textContent({ timeout: 500 });
    code = /\d{6}/.exec(text!.split('验证码 ')[1]!)![0];
  }).toPass();
  return code;
}
