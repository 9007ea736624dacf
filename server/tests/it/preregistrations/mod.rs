//! Developing leads into pre-registrations.

mod invitations;

use partner_center::preregistrations;

use crate::{
    canary::{Needles, spellings},
    support::{App, Client, Lead},
};

struct Scene {
    app: App,
    ma: Client,
    admin: Client,
}

impl Scene {
    async fn new() -> Scene {
        let app = App::new().await;
        let (ma, admin) = (app.sign_in("xinghe/ma").await, app.sign_in("xinghe/admin").await);
        Scene { app, ma, admin }
    }

    /// A lead of ma with a mobile and an e-mail address.
    async fn lead(&self, company: &str, phone: &str) -> Lead {
        let ma = self.app.member("xinghe/ma").await.to_string();
        let email = format!("li{phone}@mail.example");
        let id = self.admin.enter(company, phone, &[("follower", &ma), ("email", &email)]).await;
        self.app.lead(&id).await
    }

    async fn develop(&self, lead: &Lead, fields: &[(&str, &str)]) -> crate::support::Answer {
        self.ma.fill(&lead.step("develop"), fields).await
    }
}

/// The address of the pre-registration that a lead's page leads to.
fn prospect(page: &str) -> String {
    let (_, rest) = page.split_once("href=\"/prospects/").unwrap();
    format!("/prospects/{}", rest.split('"').next().unwrap())
}

#[tokio::test]
async fn a_developed_lead_is_converted_and_keeps_its_pre_registration() {
    let scene = Scene::new().await;
    let (created, developed) =
        (scene.app.audited("preregistration_created").await, scene.app.audited("lead_developed").await);
    let lead = scene.lead("发展一号有限公司", "13944440001").await;
    let answer = scene.develop(&lead, &[("invite", "yes"), ("remark", "下周签约")]).await;
    assert_eq!((answer.status, answer.location()), (303, lead.page().as_str()));
    assert_eq!(scene.app.lead(&lead.id).await.state, "converted");
    let page = scene.ma.get(&lead.page()).await;
    assert!(page.says("已报备，线索已转化") && page.says("发展客户，已报备") && page.says("BB0000"));
    assert_eq!(scene.app.audited("preregistration_created").await, created + 1);
    assert_eq!(scene.app.audited("lead_developed").await, developed + 1);

    let address = prospect(&page.text());
    let shown = scene.ma.get(&address).await;
    assert!(shown.says("已报备") && shown.says("下周签约") && shown.says("马骏") && shown.says(&lead.display()));
    for (who, status) in [("xinghe/admin", 200), ("xinghe/tang", 404), ("yunfan/admin", 404), ("yunfan/qian", 403)] {
        assert_eq!(scene.app.sign_in(who).await.get(&address).await.status, status, "{who}");
    }
    // A converted lead takes no step any more.
    assert_eq!(scene.ma.get(&lead.step("develop")).await.status, 409);
    assert_eq!(scene.ma.post(&lead.step("develop"), &[("invite", "no")]).await.status, 409);
}

#[tokio::test]
async fn in_marketing_plan_2_phone_and_email_are_carried_over_unseen_and_cannot_be_typed_over() {
    let scene = Scene::new().await;
    let needles = Needles::of(&["13944440002".to_owned(), "li13944440002@mail.example".to_owned()], spellings);
    let lead = scene.lead("发展二号有限公司", "13944440002").await;
    let dialog = scene.ma.get(&lead.step("develop")).await;
    assert!(dialog.says("密封带入") && !dialog.says("name=\"mobile\"") && !dialog.says("name=\"email\""));
    let fields = [("invite", "yes"), ("mobile", "13944449999"), ("email", "other@mail.example")];
    let answer = scene.develop(&lead, &fields).await;
    assert_eq!(answer.status, 303);
    let page = scene.ma.get(&lead.page()).await;
    let shown = scene.ma.get(&prospect(&page.text())).await;
    for answer in [&dialog, &answer, &page, &shown] {
        assert_eq!(needles.in_bytes(&answer.body), None);
    }
    assert_eq!(shown.text().matches("<bdi>****</bdi>").count(), 2, "phone and e-mail, whole");
    // What was typed over did not count: the mobile of the lead is the one that is held.
    let other = scene.lead("发展二号乙有限公司", "13944440002").await;
    let refused = scene.develop(&other, &[("invite", "no")]).await;
    assert!(refused.status == 409 && refused.says("该客户已被报备"));
    for bytes in crate::canary::database(&scene.app).await {
        assert_eq!(needles.in_bytes(&bytes), None);
    }
}

#[tokio::test]
async fn outside_it_they_may_be_corrected_and_are_shown_masked() {
    let scene = Scene::new().await;
    let wu = scene.app.sign_in("yunfan/wu").await;
    let lead = scene.app.a_lead("yunfan", "following", Some("wu")).await;
    let page = wu.get(&lead.step("develop")).await;
    assert!(page.says("name=\"mobile\"") && page.says("name=\"email\""));
    let fields =
        [("company", "发展三号有限公司"), ("mobile", "13944440003"), ("email", "new@mail.example"), ("invite", "yes")];
    assert_eq!(wu.fill(&lead.step("develop"), &fields).await.status, 303);
    let shown = wu.get(&prospect(&wu.get(&lead.page()).await.text())).await;
    assert!(shown.says("139****0003") && shown.says("new****@mail.example") || shown.says("@mail.example"));
    assert!(!shown.says("13944440003"));
}

#[tokio::test]
async fn what_is_missing_is_said_beside_its_field() {
    let scene = Scene::new().await;
    let wu = scene.app.sign_in("yunfan/wu").await;
    let follower = scene.app.member("yunfan/wu").await.to_string();
    let admin = scene.app.sign_in("yunfan/admin").await;
    let id = admin.enter("座机有限公司", "010-88886666", &[("follower", &follower)]).await;
    let page = format!("/leads/{id}/develop");
    for (fields, wrong) in [
        (vec![], vec!["invite"]),
        (vec![("invite", "yes")], vec!["mobile", "email"]),
        (vec![("invite", "no")], vec!["mobile"]),
        (vec![("invite", "yes"), ("mobile", "010-88886666"), ("email", "x")], vec!["mobile", "email"]),
        (vec![("invite", "no"), ("company", "座"), ("remark", "\u{202e}")], vec!["company", "remark"]),
    ] {
        let answer = wu.fill(&page, &fields).await;
        assert_eq!(answer.status, 422, "{fields:?}");
        for field in wrong {
            assert!(answer.says(&format!("id=\"{field}-error\"")), "{fields:?}: {field}");
        }
    }
    assert_eq!(scene.app.lead(&id).await.state, "dispatched");
    assert_eq!(wu.fill(&page, &[("invite", "no"), ("mobile", "13944440004")]).await.status, 303);
}

#[tokio::test]
async fn nobody_else_holds_the_prospect_meanwhile_and_nobody_is_told_who_does() {
    let scene = Scene::new().await;
    let lead = scene.lead("独占科技有限公司", "13944440005").await;
    assert_eq!(scene.develop(&lead, &[("invite", "no")]).await.status, 303);
    let (admin, wu) = (scene.app.sign_in("yunfan/admin").await, scene.app.sign_in("yunfan/wu").await);
    let follower = scene.app.member("yunfan/wu").await.to_string();
    let refused = scene.app.audited("preregistration_refused").await;
    let mut answers = Vec::new();
    // The same company in another spelling, the same mobile under another name.
    for (company, phone) in [("独占科技 有限公司", "13944440006"), ("旁人科技有限公司", "13944440005")]
    {
        let id = admin.enter(company, phone, &[("follower", &follower)]).await;
        let answer = wu.post(&format!("/leads/{id}/develop"), &[("invite", "no")]).await;
        assert_eq!(answer.status, 409, "{company}");
        assert!(answer.says("该客户已被报备，暂时不能再次报备"));
        assert!(!answer.says("xinghe") && !answer.says("星河"));
        assert_eq!(scene.app.lead(&id).await.state, "dispatched");
        answers.push(id);
    }
    assert_eq!(scene.app.audited("preregistration_refused").await, refused + 2);
    // Fifteen days later the prospect is free.
    let day = 86_400;
    scene.app.clock.advance(15 * day - 60);
    preregistrations::expire(&scene.app.store, scene.app.clock.now()).await.unwrap();
    let wu = scene.app.sign_in("yunfan/wu").await;
    assert_eq!(wu.post(&format!("/leads/{}/develop", answers[0]), &[("invite", "no")]).await.status, 409);
    scene.app.clock.advance(61);
    assert!(preregistrations::expire(&scene.app.store, scene.app.clock.now()).await.unwrap() >= 1);
    assert_eq!(preregistrations::expire(&scene.app.store, scene.app.clock.now()).await, Ok(0));
    let wu = scene.app.sign_in("yunfan/wu").await;
    assert_eq!(wu.post(&format!("/leads/{}/develop", answers[0]), &[("invite", "no")]).await.status, 303);
    let ma = scene.app.sign_in("xinghe/ma").await;
    assert!(ma.get(&lead.page()).await.says("已失效"));
}

#[tokio::test]
async fn whoever_meets_a_prospect_of_its_own_is_led_there() {
    let scene = Scene::new().await;
    let first = scene.lead("自家已报备有限公司", "13944440041").await;
    assert_eq!(scene.develop(&first, &[("invite", "no")]).await.status, 303);
    let ours = prospect(&scene.ma.get(&first.page()).await.text());
    let second = scene.lead("自家已报备有限公司", "13944440042").await;
    let refused = scene.develop(&second, &[("invite", "no")]).await;
    assert!(refused.status == 409 && refused.says("贵公司已报备该客户"), "{}", refused.text());
    assert!(refused.says(&format!("href=\"{ours}\"")));
    // A mobile that marketing plan 2.0 does not let one type asks nothing either.
    let other = scene.lead("无关有限公司", "13944440043").await;
    let typed =
        scene.develop(&other, &[("invite", "no"), ("company", "自家已报备有限公司"), ("mobile", "13944440041")]).await;
    assert!(typed.status == 409 && typed.says(&format!("href=\"{ours}\"")), "it is the company that is held");
    // One that its follower does not see is not shown to it either.
    let tang = scene.app.member("xinghe/tang").await;
    scene
        .app
        .change(
            "UPDATE preregistrations SET owner_id = ? WHERE lead_id = ?",
            [tang.into(), first.id.parse::<uuid::Uuid>().unwrap().into()],
        )
        .await;
    let refused = scene.develop(&second, &[("invite", "no")]).await;
    assert!(refused.says("该客户已被报备") && !refused.says(&ours));
}

#[tokio::test]
async fn a_partner_holds_a_hundred_at_most_and_a_member_without_contact_none() {
    let scene = Scene::new().await;
    let lead = scene.lead("第一百零一有限公司", "13944440007").await;
    let tenant = "SELECT id FROM tenants WHERE name = 'xinghe'";
    let held = "SELECT COUNT(*) FROM preregistrations WHERE state IN ('pending', 'registered', 'invited') \
                AND tenant_id = (SELECT id FROM tenants WHERE name = 'xinghe')";
    let so_far = scene.app.number(held, []).await;
    assert!(so_far < 100);
    let over =
        scene.app.number(&format!("SELECT COUNT(*) FROM preregistrations WHERE tenant_id = ({tenant})"), []).await;
    // Rows of the past are made to hold again, and copies of the tenant's leads fill up the rest.
    scene
        .app
        .change(&format!("UPDATE preregistrations SET state = 'registered' WHERE tenant_id = ({tenant})"), [])
        .await;
    let free =
        scene.app.leads(crate::support::Wanted { tenant: "xinghe", state: "following", ..Default::default() }).await;
    let ma = scene.app.member("xinghe/ma").await;
    for lead in free.iter().filter(|other| other.id != lead.id).take(100_usize.saturating_sub(over as usize)) {
        let id: uuid::Uuid = lead.id.parse().unwrap();
        let insert = format!(
            "INSERT INTO preregistrations (id, tenant_id, lead_id, owner_id, company, contact, invite, state, created_at, expires_at) \
             VALUES (?, ({tenant}), ?, ?, 'x', 'x', ?, 'registered', 1, 99999999999999)"
        );
        scene.app.change(&insert, [uuid::Uuid::new_v4().into(), id.into(), ma.into(), false.into()]).await;
    }
    let refused = scene.develop(&lead, &[("invite", "no")]).await;
    assert!(refused.status == 409 && refused.says("100 个上限"), "{}", refused.text());
    scene.app.change("UPDATE members SET phone_sealed = NULL, email_sealed = NULL WHERE id = ?", [ma.into()]).await;
    let refused = scene.develop(&lead, &[("invite", "no")]).await;
    assert!(refused.status == 409 && refused.says("您还没有登记手机或邮箱"));
}

#[tokio::test]
async fn nobody_asks_for_who_is_held_more_than_ten_times_a_minute() {
    let scene = Scene::new().await;
    let first = scene.lead("试探科技有限公司", "13944440100").await;
    assert_eq!(scene.develop(&first, &[("invite", "no")]).await.status, 303);
    let lead = scene.lead("试探乙科技有限公司", "13944440101").await;
    let fields = [("company", "试探科技有限公司"), ("invite", "no")];
    for _ in 0..10 {
        assert_eq!(scene.ma.post(&lead.step("develop"), &fields).await.status, 409);
    }
    assert_eq!(scene.ma.post(&lead.step("develop"), &fields).await.status, 429);
    assert_eq!(scene.ma.post(&lead.step("develop"), &[("invite", "no")]).await.status, 429, "right ones wait too");
    scene.app.clock.advance(61);
    assert_eq!(scene.ma.post(&lead.step("develop"), &[("invite", "no")]).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_partners_who_are_equally_fast_one_gets_the_prospect() {
    let scene = Scene::new().await;
    let second = scene.app.second_server().await;
    let (admin, wu) = (scene.app.sign_in("yunfan/admin").await, scene.app.sign_in("yunfan/wu").await.at(&second));
    let follower = scene.app.member("yunfan/wu").await.to_string();
    for round in 0..10 {
        let (company, phone) = (format!("同时{round}有限公司"), format!("1394443{round:04}"));
        let one = scene.lead(&company, &phone).await;
        let other = admin.enter(&company, &phone, &[("follower", &follower)]).await;
        let send = |client: &Client, address: String| {
            let client = client.clone();
            let request = client.form(&address, "invite=no".to_owned());
            tokio::spawn(async move { client.send(request).await.status })
        };
        let sent = (send(&scene.ma, one.step("develop")), send(&wu, format!("/leads/{other}/develop")));
        let mut statuses = [sent.0.await.unwrap(), sent.1.await.unwrap()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "{company}");
    }
}
