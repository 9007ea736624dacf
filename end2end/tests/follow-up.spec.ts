// 跟进, with files; and what is not possible now.
import { readFile } from 'node:fs/promises';
import { enter, expect, ready, test } from './support/app';
import { field, haveLead, newLead } from './support/leads';

test('files hang on their follow-up and are kept by a click', async ({ page, words }) => {
  const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 quotation') });
  await enter(page, 'yunfan/wu');
  await haveLead(page, newLead());
  await page.getByRole('link', { name: words.follow, exact: true }).click();
  await ready(page);
  const dialog = page.getByRole('dialog', { name: words.follow });
  await dialog.getByLabel(words.way).selectOption({ label: words.byPhone });
  await dialog.getByLabel(words.outcome).selectOption({ label: words.outcomes.unreached });
  await dialog.getByLabel(words.content).fill('已发报价');
  await field(dialog, words.files).setInputFiles([pdf('报价单 v2.pdf'), pdf('合同.pdf')]);
  await dialog.getByRole('button', { name: words.follow, exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: words.followed })).toBeVisible();
  const entry = page.getByRole('listitem').filter({ hasText: '已发报价' });
  await expect(entry.getByRole('link')).toHaveText(['报价单 v2.pdf', '合同.pdf']);
  const downloading = page.waitForEvent('download');
  await entry.getByRole('link', { name: '报价单 v2.pdf' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('报价单 v2.pdf');
  expect(await readFile(await download.path(), 'utf8')).toBe('%PDF-1.7 quotation');
});

test('what is not possible now is offered with the reason', async ({ page, words }) => {
  await enter(page, 'yunfan/admin');
  await haveLead(page, newLead());
  const follow = page.getByRole('button', { name: words.follow, exact: true });
  await expect(follow).toBeDisabled();
  await expect(follow).toHaveAccessibleDescription(words.notDispatched);
});
