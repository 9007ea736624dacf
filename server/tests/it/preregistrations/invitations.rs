//! Invitations: an e-mail to the prospect, once, whose address lies nowhere but sealed in the pre-registration.

use std::collections::HashSet;

use partner_center::{
    contact::Email,
    ctx::Origin,
    ids::MemberId,
    outbox::{self, Address, DemoPost, Letter, Reason, Undelivered},
    people, preregistrations,
};

use super::{Scene, prospect};
use crate::{
    canary::{Needles, database, spellings},
    messages::support::{Recording, deliver, in_state, killed_after},
    support::Lead,
};

const DAY: i64 = 86_400;

/// The letters to prospects; members are told of their leads meanwhile.
fn invitations(post: &Recording) -> Vec<Letter> {
    let letters = post.letters.lock().unwrap().clone();
    let invites = |letter: &Letter| letter.subject.contains("邀请") || letter.subject.contains("Invitation");
    letters.into_iter().filter(invites).collect()
}

impl Scene {
    /// The same, with nothing waiting in the outbox.
    async fn quiet() -> (Scene, Recording) {
        let (scene, post) = (Scene::new().await, Recording::default());
        deliver(&scene.app, &post).await;
        post.forget();
        (scene, post)
    }

    /// A lead of ma, developed with an invitation, and the page of its pre-registration.
    async fn invited(&self, company: &str, phone: &str) -> (Lead, String) {
        let lead = self.lead(company, phone).await;
        assert_eq!(self.develop(&lead, &[("invite", "yes")]).await.status, 303);
        let page = prospect(&self.ma.get(&lead.page()).await.text());
        (lead, page)
    }

    async fn page_says(&self, page: &str, text: &str) -> bool {
        self.ma.get(page).await.says(text)
    }
}

/// The day on which what is sent now runs out; midnight may pass while a test runs.
fn week_from_now(scene: &Scene) -> String {
    scene.app.clock.now().plus_seconds(7 * DAY).trade_date().to_string()
}

#[tokio::test]
async fn a_prospect_is_written_to_once_and_invited_from_then_on() {
    let (scene, post) = Scene::quiet().await;
    let audited = scene.app.audited("invitation_sent").await;
    let (_, page) = scene.invited("邀请一号有限公司", "13944450001").await;
    assert!(scene.page_says(&page, "发送中").await && !scene.page_says(&page, "已邀请").await);
    assert_eq!(scene.app.audited("invitation_sent").await, audited);
    let days = week_from_now(&scene);
    deliver(&scene.app, &post).await;
    deliver(&scene.app, &post).await;
    let days = [days, week_from_now(&scene)];
    let letters = invitations(&post);
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, Address::Email(Email::parse("li13944450001@mail.example").unwrap()));
    assert!(letters[0].subject.contains("星河"), "{}", letters[0].subject);
    for said in ["邀请邀请一号有限公司成为其客户", "通过伙伴中心", "如对此并不知情，无需任何操作"]
    {
        assert!(letters[0].body.contains(said), "{said}: {}", letters[0].body);
    }
    assert!(days.iter().any(|day| letters[0].body.contains(day)), "{}", letters[0].body);
    assert!(!letters[0].body.contains("http"));
    assert!(scene.page_says(&page, "已邀请").await && scene.page_says(&page, "已发送 20").await);
    assert_eq!(scene.app.audited("invitation_sent").await, audited + 1);
    assert!(scene.admin.get("/audit").await.says("发送邀请"));
}

#[tokio::test]
async fn whoever_asks_for_no_invitation_sends_none() {
    let (scene, post) = Scene::quiet().await;
    let lead = scene.lead("邀请二号有限公司", "13944450002").await;
    assert_eq!(scene.develop(&lead, &[("invite", "no")]).await.status, 303);
    deliver(&scene.app, &post).await;
    assert!(invitations(&post).is_empty());
    let page = prospect(&scene.ma.get(&lead.page()).await.text());
    assert!(scene.page_says(&page, "不发送").await && scene.page_says(&page, "已报备").await);
}

#[tokio::test]
async fn a_prospect_that_cannot_be_held_is_not_written_to() {
    let (scene, post) = Scene::quiet().await;
    scene.invited("邀请三号有限公司", "13944450003").await;
    let twin = scene.lead("邀请三号乙有限公司", "13944450003").await;
    assert_eq!(scene.develop(&twin, &[("invite", "yes")]).await.status, 409);
    deliver(&scene.app, &post).await;
    assert_eq!(invitations(&post).len(), 1);
}

#[tokio::test]
async fn a_prospect_reads_the_language_of_whoever_invites() {
    let (scene, post) = Scene::quiet().await;
    assert_eq!(scene.ma.post("/profile/choices", &[("language", "en"), ("zone", "")]).await.status, 303);
    let lead = scene.lead("邀请四号有限公司", "13944450004").await;
    assert_eq!(scene.develop(&lead, &[("invite", "yes")]).await.status, 303);
    deliver(&scene.app, &post).await;
    assert!(invitations(&post)[0].body.contains("through Partner Center to become its customer"));
}

#[tokio::test]
async fn the_page_says_why_an_invitation_could_not_be_sent() {
    let (scene, post) = Scene::quiet().await;
    let audited = scene.app.audited("invitation_sent").await;
    let (_, page) = scene.invited("邀请五号有限公司", "13944450005").await;
    *post.refusal.lock().unwrap() = Some(Undelivered::for_now(Reason::Unreachable));
    deliver(&scene.app, &post).await;
    assert!(scene.page_says(&page, "发送中：对方服务器无法连接").await);
    *post.refusal.lock().unwrap() = Some(Undelivered::for_good(Reason::Rejected));
    scene.app.clock.advance(31);
    deliver(&scene.app, &post).await;
    assert!(scene.page_says(&page, "发送失败：对方服务器拒收").await);
    assert!(scene.page_says(&page, "已报备").await && !scene.page_says(&page, "已邀请").await);
    assert_eq!(scene.app.audited("invitation_sent").await, audited);
}

#[tokio::test]
async fn a_prospect_that_was_let_go_meanwhile_is_not_written_to() {
    let (scene, post) = Scene::quiet().await;
    let (_, page) = scene.invited("邀请六号有限公司", "13944450006").await;
    scene.app.clock.advance(15 * DAY + 1);
    preregistrations::expire(&scene.app.store, scene.app.clock.now()).await.unwrap();
    deliver(&scene.app, &post).await;
    assert!(invitations(&post).is_empty());
    let shown = scene.app.sign_in("xinghe/ma").await.get(&page).await;
    assert!(shown.says("已失效") && shown.says("发送失败：内容已过期"));
}

#[tokio::test]
async fn an_invitation_is_good_no_longer_than_the_prospect_is_held() {
    let (scene, post) = Scene::quiet().await;
    let day = || scene.app.clock.now().plus_seconds(15 * DAY).trade_date().to_string();
    let before = day();
    scene.invited("邀请七号有限公司", "13944450007").await;
    let days = [before, day()];
    scene.app.clock.advance(14 * DAY);
    deliver(&scene.app, &post).await;
    assert!(days.iter().any(|day| invitations(&post)[0].body.contains(day)));
}

#[tokio::test]
async fn invitations_are_among_the_letters_of_those_whom_they_concern() {
    let (scene, post) = Scene::quiet().await;
    scene.invited("邀请八号有限公司", "13944450008").await;
    deliver(&scene.app, &post).await;
    for (who, sees) in [("xinghe/ma", true), ("xinghe/admin", true), ("xinghe/tang", false), ("yunfan/admin", false)] {
        let page = scene.app.sign_in(who).await.get("/messages/settings").await;
        assert_eq!(page.says("报备客户"), sees, "{who}");
    }
}

#[tokio::test]
async fn neither_address_nor_company_is_in_clear_on_the_way() {
    let (scene, _) = Scene::quiet().await;
    let needles = Needles::of(&["13944450009".to_owned(), "li13944450009@mail.example".to_owned()], spellings);
    let (_, page) = scene.invited("邀请九号有限公司", "13944450009").await;
    let demo = DemoPost(scene.app.store.clone());
    while outbox::work(&scene.app.store, &demo, app::messages::write, || scene.app.clock.now()).await.unwrap() {}
    let admin = MemberId(scene.app.member("xinghe/admin").await);
    let ctx = people::member_ctx(&scene.app.store, admin, Origin::default(), scene.app.clock.now()).await.unwrap();
    let shown = outbox::demo_letters(&ctx).await.unwrap();
    let shown = shown.into_iter().find(|letter| letter.subject.contains("邀请")).unwrap();
    assert!(shown.address_masked.contains("****") && !shown.address_masked.contains("li13944450009"));
    assert!(shown.body.contains("邀请") && !shown.body.contains("邀请九号有限公司"), "{}", shown.body);
    for client in [&scene.ma, &scene.admin] {
        for address in [page.as_str(), "/messages/settings", "/audit"] {
            assert_eq!(needles.in_bytes(&client.get(address).await.body), None, "{address}");
        }
    }
    for bytes in database(&scene.app).await {
        assert_eq!(needles.in_bytes(&bytes), None);
    }
}

#[tokio::test]
async fn killed_anywhere_a_prospect_is_invited_once() {
    let (scene, post) = Scene::quiet().await;
    let audited = scene.app.audited("invitation_sent").await;
    let invited = "SELECT COUNT(*) FROM preregistrations WHERE state = 'invited'";
    let before = scene.app.number(invited, []).await;
    for round in 0..40 {
        let lead = scene.lead(&format!("屡次{round}有限公司"), &format!("139444600{round:02}")).await;
        // What its follower is told goes first.
        deliver(&scene.app, &post).await;
        assert_eq!(scene.develop(&lead, &[("invite", "yes")]).await.status, 303);
        killed_after(&scene.app, &post, 1 + round).await;
        // The lease of the killed server runs out.
        scene.app.clock.advance(61);
    }
    deliver(&scene.app, &post).await;
    assert_eq!(in_state(&scene.app, "pending").await + in_state(&scene.app, "sending").await, 0);
    let sent: Vec<_> = invitations(&post).iter().map(|letter| letter.id).collect();
    assert_eq!((sent.len(), sent.iter().collect::<HashSet<_>>().len()), (40, 40), "each letter once");
    assert_eq!(scene.app.audited("invitation_sent").await, audited + 40);
    assert_eq!(scene.app.number(invited, []).await, before + 40);
}
