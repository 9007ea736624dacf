// 导入线索: from the upload over the report to the list.
import { enter, expect, open, test } from './support/app';
import { newCampaign, newLead } from './support/leads';

test('a file is checked, its bad rows are named, and its good ones are leads once they are confirmed', async ({
  page,
  words,
}) => {
  const campaign = newCampaign();
  const good = [newLead(), newLead()];
  const rows = [...good, newLead({ phone: '12' }), newLead({ contact: '' })];
  const lines = rows.map(({ company, contact, phone }) => [company, contact, phone, campaign].join());
  const buffer = Buffer.from(['公司名称,客户名称,电话,活动名称', ...lines].join('\r\n'));
  await enter(page, 'yunfan/lin');
  await open(page, '/leads/import');
  await page.getByLabel(words.bring.file, { exact: true }).setInputFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: words.bring.upload }).click();
  const confirm = page.getByRole('button', { name: words.bring.confirm });
  await expect(confirm).toHaveText(/\(2\)$/, { timeout: 30_000 });
  const report = page.getByRole('table', { name: words.bring.report });
  for (const [line, problem] of [
    ['4', `${words.phone}${words.separator}${words.malformed}`],
    ['5', `${words.contact}${words.separator}${words.required}`],
  ] as const) {
    await expect(report.getByRole('row').filter({ hasText: problem }).getByRole('cell').first()).toHaveText(line);
  }
  const content = await page.content();
  for (const { phone } of good) expect(content).not.toContain(phone);

  await confirm.click();
  await page.getByRole('link', { name: words.bring.toLeads }).click({ timeout: 30_000 });
  await expect(page.getByRole('table', { name: words.leadList })).toBeVisible();
  await open(page, `/leads?${new URLSearchParams({ campaign })}`);
  await expect(page.getByText(words.total('2'))).toBeVisible();
});
