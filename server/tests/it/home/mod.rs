//! The home page: its numbers are those of the lists that they link to, for everybody.

use partner_center::{access::Action, ids::MemberId, people::admin};

use crate::support::{Answer, App, CAST, Client, inside};

/// Each card: where it leads and what it says.
fn cards(home: &Answer) -> Vec<(String, String)> {
    let cards = inside(&home.text(), "a", "todo").into_iter().map(|card| {
        let href = card.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let count = card.split("todo__count\">").nth(1).unwrap().split('<').next().unwrap();
        (href, count.to_owned())
    });
    cards.collect()
}

/// How many rows the list has, as its own page says.
async fn total(client: &Client, address: &str) -> String {
    let list = client.get(address).await;
    assert_eq!(list.status, 200, "{address}");
    let text = list.text();
    if address.starts_with("/calls/") {
        // One call at a time waits for its outcome, and its page asks for it.
        return text.matches("填写外呼结果").count().min(1).to_string();
    }
    if address.starts_with("/leads/import") {
        return text.matches("href=\"/leads/import/").count().to_string();
    }
    let Some((_, after)) = text.split_once("class=\"pager__total\">共 ") else { return "0".to_owned() };
    after.split(' ').next().unwrap().to_owned()
}

#[tokio::test]
async fn every_number_is_that_of_the_list_behind_it_for_everybody() {
    let app = App::new().await;
    let lin = app.sign_in("yunfan/lin").await;
    crate::imports::support::taken(&lin, crate::imports::support::good_rows(2).as_bytes()).await;
    crate::imports::support::work(&app).await;
    for who in CAST {
        let client = app.sign_in(who).await;
        let home = client.get("/").await;
        let cards = cards(&home);
        assert!(!cards.is_empty(), "{who}");
        for (href, count) in cards {
            assert_eq!(count, total(&client, &href).await, "{who} {href}");
        }
    }
    let admin = cards(&app.sign_in("yunfan/admin").await.get("/").await);
    assert_eq!(admin.len(), 8);
    assert!(admin.iter().all(|(href, count)| count != "0" || href == "/messages?read=no"), "{admin:?}");
    assert_eq!(cards(&app.sign_in("yunfan/qian").await.get("/").await).len(), 1, "finance has messages alone");
}

#[tokio::test]
async fn a_follow_up_is_due_on_its_day_and_overdue_from_the_next() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let admin = app.sign_in("yunfan/admin").await;
    let follower = app.member("yunfan/wu").await.to_string();
    let id = admin.enter("到期测试有限公司", "13922229999", &[("follower", &follower)]).await;
    let lead = app.lead(&id).await;
    let tomorrow = (app.clock.now().trade_date() + chrono::Days::new(1)).to_string();
    let fields = [("way", "phone"), ("outcome", "again"), ("content", "明天再聊"), ("next_on", &*tomorrow)];
    assert_eq!(wu.post(&lead.step("follow"), &fields).await.status, 303);
    let listed = async |due: &str| {
        let list = wu.get(&format!("/leads?due={due}&sort=followed&size=100")).await;
        list.listed().contains(&lead.id)
    };
    assert_eq!((listed("today").await, listed("overdue").await, listed("soon").await), (false, false, true));
    app.clock.advance(12 * 3_600);
    app.clock.advance(12 * 3_600);
    let wu = app.sign_in("yunfan/wu").await;
    let listed = async |due: &str| {
        let list = wu.get(&format!("/leads?due={due}&sort=followed&size=100")).await;
        list.listed().contains(&lead.id)
    };
    assert_eq!((listed("today").await, listed("overdue").await), (true, false));
    app.clock.advance(24 * 3_600);
    let wu = app.sign_in("yunfan/wu").await;
    let list = wu.get("/leads?due=overdue&sort=followed&size=100").await;
    assert!(list.listed().contains(&lead.id));
    // Followed up, it is due no more.
    assert_eq!(
        wu.post(&lead.step("follow"), &[("way", "phone"), ("outcome", "unreached"), ("content", "x")]).await.status,
        303
    );
    assert!(!wu.get("/leads?due=overdue&size=100").await.listed().contains(&lead.id));
}

#[tokio::test]
async fn what_one_worked_on_is_there_again_masked() {
    let app = App::new().await;
    let chen = app.sign_in("yunfan/chen").await;
    let id = chen.enter("最近处理测试科技有限公司", "13922228888", &[]).await;
    let lead = app.lead(&id).await;
    let home = chen.get("/").await;
    if lead.follower.as_deref() == Some("chen") {
        assert!(home.says(&lead.display()), "{}", home.text());
    }
    assert!(!home.says("最近处理测试"));
    let admin = app.sign_in("yunfan/admin").await;
    let id = admin.enter("总部处理测试科技有限公司", "13922227777", &[]).await;
    let home = admin.get("/").await;
    assert!(home.says(&app.lead(&id).await.display()) && !home.says("总部处理测试"));
}

#[tokio::test]
async fn the_trend_says_whose_work_it_counts() {
    let app = App::new().await;
    let now = app.clock.now();
    let (tenant, _) = admin::tenant_named(&app.store, "yunfan").await.unwrap();
    let role = admin::create_role(&app.store, tenant, "看全部线索", &[Action::ViewLeads], now).await.unwrap();
    let chen = MemberId(app.member("yunfan/chen").await);
    admin::give_role(&app.store, tenant, chen, role, now).await.unwrap();
    for (who, whose) in [("admin", "全公司"), ("lin", "全公司"), ("chen", "全公司"), ("wu", "我的")] {
        let home = app.sign_in(&format!("yunfan/{who}")).await.get("/").await;
        let title = home.text().split_once("近 8 周线索趋势").unwrap().1.split("</h2>").next().unwrap().to_owned();
        assert!(title.contains(whose), "{who}: {title}");
    }
}

#[tokio::test]
async fn the_trend_counts_what_one_sees() {
    let app = App::new().await;
    // The last row of the table is the current week.
    let row = |home: Answer| -> Vec<u64> {
        let text = home.text();
        let table = text.split("class=\"chart__table\"").nth(1).unwrap().split("</table>").next().unwrap().to_owned();
        let last = table.rsplit("<th scope=\"row\">").next().unwrap().to_owned();
        let cells =
            last.split("class=\"is-numeric\">").skip(1).map(|cell| cell.split('<').next().unwrap().parse().unwrap());
        cells.collect()
    };
    let (admin, wu, chen) =
        (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/wu").await, app.sign_in("yunfan/chen").await);
    let follower = app.member("yunfan/wu").await.to_string();
    let own = [("follower", &*follower), ("email", "qushi@mail.example")];
    let lead = app.lead(&admin.enter("趋势测试有限公司", "13922226666", &own).await).await;
    let rows = async || [row(admin.get("/").await), row(wu.get("/").await), row(chen.get("/").await)];
    let before = rows().await;
    // That somebody became a customer is a follow-up; what converts the lead is developing it.
    let fields = [("way", "phone"), ("outcome", "developed"), ("content", "成交")];
    assert_eq!(wu.post(&lead.step("follow"), &fields).await.status, 303);
    let followed = rows().await;
    assert_eq!(wu.fill(&lead.step("develop"), &[("invite", "no")]).await.status, 303);
    let developed = rows().await;
    for (place, more) in [(0, 1), (1, 1), (2, 0)] {
        let [entered, followed_up, converted] = before[place][..] else { panic!("three numbers a week") };
        assert_eq!(followed[place], [entered, followed_up + more, converted]);
        assert_eq!(developed[place], [entered, followed_up + more, converted + more]);
    }
    assert!(!app.sign_in("yunfan/qian").await.get("/").await.says("chart__table"));
}
