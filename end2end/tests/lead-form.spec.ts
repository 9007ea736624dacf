// 新建线索: what is wrong stands beside its field, what was typed is kept, and nothing that is typed ever runs.
import type { Page } from '@playwright/test';
import { expect, expectStatus, open, ready, signIn, test } from './support/app';
import { field, newLead, numberOf, type NewLead } from './support/leads';
import { languages, zh, type Words } from './support/words';

const SCRIPT = '</textarea><script>window.__pwn=1</script>';
const IMAGE = '</title><svg onload=window.__pwn=1>';

async function fill(page: Page, lead: NewLead, words: Words = zh) {
  await open(page, '/leads/new');
  await field(page, words.company).fill(lead.company);
  await field(page, words.contact).fill(lead.contact);
  await field(page, words.phone).fill(lead.phone);
}

async function send(page: Page, words: Words = zh) {
  await page.getByRole('button', { name: words.submit }).click();
}

async function nothingRan(page: Page) {
  expect(await page.evaluate(() => '__pwn' in window)).toBe(false);
}

for (const words of languages) {
  test(`what is wrong is said beside the field and in a list of links, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 422);
    await signIn(page, 'yunfan/admin', words);
    await open(page, '/leads/new');
    await field(page, words.contact).fill('李小明');
    await field(page, words.email).fill('not an address');
    await field(page, words.jobTitle).fill('采购经理');
    await page.getByRole('group', { name: words.products }).getByRole('checkbox').nth(2).check();
    await send(page, words);

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
}

test('a phone number or an e-mail address is asked for', async ({ page }) => {
  expectStatus(page, 422);
  await signIn(page, 'yunfan/admin');
  await fill(page, newLead({ phone: '' }));
  await send(page);
  await expect(field(page, zh.phone)).toHaveAccessibleDescription(new RegExp(zh.phoneOrEmail));
});

test('what looks like a program is kept as it was typed and does not run', async ({ page }) => {
  expectStatus(page, 422);
  await signIn(page, 'yunfan/admin');
  await fill(page, newLead({ company: IMAGE, phone: '' }));
  await field(page, zh.need).fill(SCRIPT);
  await send(page);
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(field(page, zh.company)).toHaveValue(IMAGE);
  await expect(field(page, zh.need)).toHaveValue(SCRIPT);
  await nothingRan(page);
});

test('what looks like a program is shown as it was typed and does not run', async ({ page }) => {
  await signIn(page, 'xinghe/admin');
  await fill(page, newLead({ company: IMAGE }));
  await field(page, zh.need).fill(SCRIPT);
  await send(page);
  await expect(page.getByRole('status').filter({ hasText: zh.created })).toBeVisible();
  await ready(page);
  await expect(page.getByRole('main').getByText(SCRIPT, { exact: true })).toBeVisible();
  await page.getByRole('button', { name: zh.show(zh.company), exact: true }).click();
  await expect(page.getByText(IMAGE, { exact: true })).toBeVisible();
  await expect(page).toHaveTitle(`${zh.lead} - 伙伴中心`);
  await nothingRan(page);
});

test('line breaks and an empty first line of a text are kept', async ({ page }) => {
  expectStatus(page, 422);
  await signIn(page, 'yunfan/admin');
  await open(page, '/leads/new');
  const text = '\n第一行\n  第二行 & <b>';
  await field(page, zh.need).fill(text);
  await send(page);
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(field(page, zh.need)).toHaveValue(text);
});

for (const words of languages) {
  test(`a duplicate is refused, with a way to the lead that is there, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 422);
    const lead = newLead();
    await signIn(page, 'yunfan/admin', words);
    await fill(page, lead, words);
    await send(page, words);
    await expect(page.getByRole('status').filter({ hasText: words.created })).toBeVisible();
    const number = await numberOf(page);
    await fill(page, lead, words);
    await send(page, words);
    await expect(field(page, words.company)).toHaveAccessibleDescription(new RegExp(words.duplicate));
    await page.getByRole('link', { name: words.seeDuplicate }).click();
    await expect(page.getByRole('heading', { level: 1, name: `${words.lead} ${number}` })).toBeVisible();
  });

  test(`whoever does not see the duplicate learns nothing of it, in ${words.tag}`, async ({ page, anotherPage }) => {
    const lead = newLead({ campaign: '别人的活动' });
    await signIn(page, 'yunfan/admin', words);
    await fill(page, lead, words);
    await send(page, words);
    await expect(page.getByRole('status').filter({ hasText: words.created })).toBeVisible();
    const number = await numberOf(page);

    const operators = await anotherPage();
    expectStatus(operators, 422);
    await signIn(operators, 'yunfan/wu', words);
    await fill(operators, { ...lead, contact: '另一位' }, words);
    await send(operators, words);
    await expect(field(operators, words.company)).toHaveAccessibleDescription(new RegExp(words.duplicateElsewhere));
    await expect(operators.getByRole('link', { name: words.seeDuplicate })).toHaveCount(0);
    const content = await operators.content();
    for (const secret of [number, lead.contact, lead.campaign!, page.url().split('/').pop()!]) {
      expect(content).not.toContain(secret);
    }
  });
}

test('a form that is sent twice counts once', async ({ page }) => {
  const lead = newLead();
  await signIn(page, 'yunfan/wu');
  await fill(page, lead);
  const once = await page.locator('input[name="once"]').first().inputValue();
  await send(page);
  await expect(page.getByRole('status').filter({ hasText: zh.created })).toBeVisible();
  const first = page.url();
  const again = await page.request.post('/leads/new', {
    headers: { 'sec-fetch-site': 'same-origin' },
    form: { once, company: lead.company, contact: lead.contact, phone: lead.phone, source: 'own' },
    maxRedirects: 0,
  });
  expect(again.status()).toBe(303);
  expect(first).toContain(again.headers()['location']);
});
