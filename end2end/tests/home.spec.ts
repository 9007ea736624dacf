// 主页: what waits, as the lists count it; how the last weeks went; what one worked on last.
import { expect, open, signIn, test } from './support/app';
import { createLead, newLead } from './support/leads';
import { languages } from './support/words';

for (const words of languages) {
  test(`each number leads to a list of so many, in ${words.tag}`, async ({ page }) => {
    // Nobody else follows up this member's leads, so that these numbers stand still.
    await signIn(page, 'qingshan/he', words);
    for (const due of ['overdue', 'today']) {
      await open(page, '/');
      const card = page.locator(`a.todo[href="/leads?due=${due}"]`);
      const count = await card.locator('.todo__count').innerText();
      await card.click();
      await expect(page.getByRole('combobox', { name: words.nextOn })).toHaveValue(due);
      if (count === '0') await expect(page.getByText(words.nothingFound)).toBeVisible();
      else await expect(page.getByText(words.total(count))).toBeVisible();
    }
  });

  test(`the trend is a picture with its numbers beside it, and the last lead is there again, in ${words.tag}`, async ({
    page,
  }) => {
    await signIn(page, 'yunfan/admin', words);
    const lead = newLead();
    const { number } = await createLead(page, lead, words);
    await open(page, '/');
    const picture = page.getByRole('img', { name: words.trend });
    await expect(picture).toBeVisible();
    await expect(page.getByRole('table', { name: words.trend }).getByRole('row')).toHaveCount(1 + 8);
    await expect(page.getByRole('link', { name: number })).toBeVisible();
    await expect(page.getByText(lead.company)).toHaveCount(0);
  });
}

for (const words of languages) {
  test(`whoever has no leads has messages and its own way on, in ${words.tag}`, async ({ page }) => {
    await signIn(page, 'yunfan/qian', words);
    await expect(page.locator('a.todo')).toHaveCount(1);
    await expect(page.getByRole('img')).toHaveCount(0);
  });
}
