// 导出: from the list over the dialog to the file.
import { readFileSync } from 'node:fs';
import { enter, expect, hasJavaScript, open, ready, test } from './support/app';
import { haveLead, newCampaign, newLead } from './support/leads';

test('what the list shows becomes a file, with hidden values hidden', async ({ page, words }) => {
  // Each project exports as another member: the newest line of the history is then the test's own.
  await enter(page, hasJavaScript() ? 'yunfan/lin' : 'qingshan/admin');
  const campaign = newCampaign();
  const leads = [newLead({ campaign }), newLead({ campaign })];
  for (const lead of leads) await haveLead(page, lead);
  await open(page, `/leads?${new URLSearchParams({ campaign })}`);
  await page.getByRole('link', { name: words.export, exact: true }).click();
  await ready(page);
  const dialog = page.getByRole('dialog', { name: words.exportLeads });
  await expect(dialog).toContainText(words.willExport(2));
  await dialog.getByLabel(words.fileFormat).selectOption('csv');
  await dialog.getByRole('button', { name: words.export, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: words.exports })).toBeVisible();
  await expect(page.getByRole('status')).toContainText(words.exportRequested);

  const newest = page.getByRole('table', { name: words.exports }).getByRole('row').nth(1);
  await expect(newest).toContainText(words.exportDone, { timeout: 30_000 });
  const downloading = page.waitForEvent('download');
  await newest.getByRole('link', { name: words.download }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(new RegExp(`^${words.leadsFile}-\\d{8}-\\d{6}\\.csv$`));
  const text = readFileSync(await download.path(), 'utf8');
  expect(text.startsWith('\ufeff')).toBe(true);
  const lines = text.slice(1).trimEnd().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain(`"${words.company}"`);
  for (const line of lines.slice(1)) expect(line).toContain(campaign);
  for (const lead of leads) {
    expect(text).not.toContain(lead.company);
    expect(text).not.toContain(lead.phone);
  }
});
