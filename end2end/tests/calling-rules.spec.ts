// 外呼规则: what an administrator sets holds for every call, and nobody else sets it. Each test has a company of its own,
// since its hours are for all of its members.
import { expect, expectStatus, hasJavaScript, open, ready, signIn, test } from './support/app';
import { axe } from './support/axe';
import { newCompany, signInFirst } from './support/company';
import { chooseOption, createLead, field, newLead } from './support/leads';
import { peopleWords } from './support/people';
import { languages } from './support/words';

for (const words of languages) {
  const { call } = words;

  test(`nobody is called in quiet hours, in ${words.tag}`, async ({ page }) => {
    const [t, company] = [peopleWords(words), newCompany()];
    await signInFirst(page, company, words);

    await test.step('the member enters its own phone, which is rung first', async () => {
      await open(page, '/profile/edit');
      const dialog = page.getByRole('dialog', { name: t.editOwn });
      await field(dialog, t.newMobile).fill('13900000001');
      await field(dialog, words.oldPassword).fill(company.password);
      await dialog.getByRole('button', { name: words.save, exact: true }).click();
      await expect(page.getByRole('status').filter({ hasText: t.ownEdited })).toBeVisible();
    });

    await open(page, '/calls/settings');
    await field(page, call.quietFrom).fill('00:00');
    await field(page, call.quietTo).fill('12:00');
    await field(page, call.pauseFrom).fill('12:00');
    // A day has no other end.
    await field(page, call.pauseTo).fill('00:00');
    await page.getByRole('button', { name: words.save, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: call.rulesSaved })).toBeVisible();

    const { url } = await createLead(page, newLead(), words);
    await page.getByRole('link', { name: words.dispatch, exact: true }).click();
    await ready(page);
    await chooseOption(page, words.chooseFollower, '线索专员 (operator)');
    await page.getByRole('dialog').getByRole('button', { name: words.dispatch, exact: true }).click();
    await expect(page.getByRole('link', { name: call.step, exact: true })).toBeVisible();
    await page.getByRole('link', { name: call.step, exact: true }).click();
    await expect(page.getByRole('alert')).toContainText(call.quiet);
    await expect(page.getByRole('button', { name: call.start })).toHaveCount(0);
    if (hasJavaScript()) await axe(page);
    await open(page, '/audit?event=call_refused');
    await expect(page.getByRole('table').getByText(call.quiet).first()).toBeVisible();

    await open(page, '/calls/settings');
    for (const label of [call.quietFrom, call.quietTo, call.pauseFrom, call.pauseTo]) await field(page, label).fill('');
    await page.getByRole('button', { name: words.save, exact: true }).click();
    await open(page, `${url}/call`);
    await ready(page);
    await expect(page.getByRole('button', { name: call.start })).toBeVisible();
  });

  test(`calling rules are the administrator's, in ${words.tag}`, async ({ page }) => {
    expectStatus(page, 403);
    await signIn(page, 'xinghe/ma', words);
    await open(page, '/leads');
    await expect(page.getByRole('link', { name: call.rules })).toHaveCount(0);
    expect(await open(page, '/calls/settings')).toBe(403);
    await expect(page.getByRole('heading', { level: 1, name: words.denied })).toBeVisible();
  });
}
