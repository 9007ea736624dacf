// Files of a follow-up: chosen in the dialog, told in the history, kept by whoever clicks.
import type { Locator, Page } from '@playwright/test';
import { expect, expectStatus, open, ready, signIn, test } from './support/app';
import { createLead, field, newLead } from './support/leads';
import { languages, zh, type Words } from './support/words';
import { readFile } from 'node:fs/promises';

type File = { name: string; mimeType: string; buffer: Buffer };
const pdf = (name: string): File => ({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 quotation') });

/** Follows the lead of the page up with these files, and says by which dialog. */
async function followUpWith(page: Page, words: Words, files: File[]): Promise<Locator> {
  await page.getByRole('link', { name: words.follow, exact: true }).click();
  await ready(page);
  const dialog = page.getByRole('dialog', { name: words.follow });
  await dialog.getByLabel(words.way).selectOption({ label: words.byPhone });
  await dialog.getByLabel(words.outcome).selectOption({ label: words.outcomes.unreached });
  await dialog.getByLabel(words.content).fill('已发报价');
  await field(dialog, words.files).setInputFiles(files);
  await dialog.getByRole('button', { name: words.follow, exact: true }).click();
  return dialog;
}

for (const words of languages) {
  test(`files hang on their follow-up and are kept by a click, in ${words.tag}`, async ({ page }) => {
    await signIn(page, 'yunfan/wu', words);
    await createLead(page, newLead(), words);
    await followUpWith(page, words, [pdf('报价单 v2.pdf'), pdf('合同.pdf')]);
    await expect(page.getByRole('status').filter({ hasText: words.followed })).toBeVisible();
    const entry = page.getByRole('listitem').filter({ hasText: '已发报价' });
    await expect(entry.getByRole('link')).toHaveText(['报价单 v2.pdf', '合同.pdf']);
    const downloading = page.waitForEvent('download');
    await entry.getByRole('link', { name: '报价单 v2.pdf' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('报价单 v2.pdf');
    expect(await readFile(await download.path(), 'utf8')).toBe('%PDF-1.7 quotation');
  });
}

test('a file that is not taken is told of, and what was typed is kept', async ({ page }) => {
  expectStatus(page, 422);
  await signIn(page, 'yunfan/wu');
  await createLead(page, newLead());
  const program = { name: 'quotation.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ\u0090\0') };
  const dialog = await followUpWith(page, zh, [program]);
  await expect(field(dialog, zh.files)).toHaveAccessibleDescription(new RegExp(zh.fileKind));
  await expect(dialog.getByLabel(zh.content)).toHaveValue('已发报价');
});

for (const words of languages) {
  test(`a file does not exist for whom its lead does not, in ${words.tag}`, async ({ page, anotherPage }) => {
    await signIn(page, 'yunfan/wu', words);
    await createLead(page, newLead(), words);
    await followUpWith(page, words, [pdf('报价单.pdf')]);
    const file = await page.getByRole('link', { name: '报价单.pdf' }).getAttribute('href');
    for (const member of ['yunfan/chen', 'qingshan/admin'] as const) {
      const other = await anotherPage();
      expectStatus(other, 404);
      await signIn(other, member, words);
      expect(await open(other, file!), member).toBe(404);
      await expect(other.getByRole('heading', { level: 1, name: words.notFound })).toBeVisible();
    }
  });
}
