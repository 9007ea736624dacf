// 新建线索: what is wrong stands beside its field, what was typed is kept, and nothing that is typed ever runs.
import { enter, expect, expectStatus, open, ready, test } from './support/app';
import { field, newLead } from './support/leads';

test('what is wrong is said beside the field and in a list of links', async ({ page, words }) => {
  expectStatus(page, 422);
  await enter(page, 'yunfan/admin');
  await open(page, '/leads/new');
  await field(page, words.contact).fill('李小明');
  await field(page, words.email).fill('not an address');
  await field(page, words.jobTitle).fill('采购经理');
  await page.getByRole('group', { name: words.products }).getByRole('checkbox').nth(2).check();
  await page.getByRole('button', { name: words.submit }).click();

  const summary = page.getByRole('alert');
  await expect(summary).toContainText(words.problems);
  await expect(summary.getByRole('link')).toHaveText([
    `${words.company}${words.separator}${words.required}`,
    `${words.email}${words.separator}${words.malformed}`,
  ]);
  await expect(field(page, words.company)).toHaveAccessibleDescription(words.required);
  await expect(field(page, words.email)).toHaveAccessibleDescription(words.malformed);
  await expect(field(page, words.contact)).not.toHaveAttribute('aria-invalid');
  await expect(field(page, words.contact)).toHaveValue('李小明');
  await expect(field(page, words.email)).toHaveValue('not an address');
  await expect(field(page, words.jobTitle)).toHaveValue('采购经理');
  await expect(page.getByRole('group', { name: words.products }).getByRole('checkbox').nth(2)).toBeChecked();

  await summary.getByRole('link').last().click();
  await expect(field(page, words.email)).toBeFocused();
});

test('what looks like a program is kept and shown as it was typed, and does not run', async ({ page, words }) => {
  expectStatus(page, 422);
  const company = '</title><svg onload=window.__pwn=1>';
  // A browser drops the first line of a text area, if it is empty, unless it is told not to.
  const need = '\n第一行 & <b>\n  </textarea><script>window.__pwn=1</script>';
  const ran = () => page.evaluate(() => '__pwn' in window);
  const lead = newLead();
  await enter(page, 'qingshan/admin');
  await open(page, '/leads/new');
  await field(page, words.company).fill(company);
  await field(page, words.contact).fill(lead.contact);
  await field(page, words.need).fill(need);
  await page.getByRole('button', { name: words.submit }).click();
  await expect(field(page, words.phone)).toHaveAccessibleDescription(new RegExp(words.phoneOrEmail));
  await expect(field(page, words.company)).toHaveValue(company);
  await expect(field(page, words.need)).toHaveValue(need);
  expect(await ran()).toBe(false);

  await field(page, words.phone).fill(lead.phone);
  await page.getByRole('button', { name: words.submit }).click();
  await expect(page.getByRole('status').filter({ hasText: words.created })).toBeVisible();
  await ready(page);
  await expect(page.getByRole('main').getByText(need.trim())).toBeVisible();
  await page.getByRole('button', { name: words.show(words.company), exact: true }).click();
  await expect(page.getByText(company, { exact: true })).toBeVisible();
  await expect(page).toHaveTitle(`${words.lead} - ${words.partnerCenter}`);
  expect(await ran()).toBe(false);
  // What is not there has no eye.
  await expect(page.getByRole('button', { name: words.show(words.phone), exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: words.show(words.email), exact: true })).toHaveCount(0);
});
