//! Dispatching leads to their followers.

use crate::support::{App, only_audit};

const TELESALES: &str = "授权电销人员不能作为跟进人";
const NOT_A_FOLLOWER: &str = "该操作员没有线索管理权限，请联系生态经理申请";
const UNKNOWN: &str = "没有这个选项";

#[tokio::test]
async fn a_dispatched_lead_is_the_followers_and_everybody_concerned_learns_of_it() {
    let app = App::new().await;
    let (admin, wu) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/wu").await);
    let lead = app.a_lead("yunfan", "undispatched", None).await;
    assert_eq!(wu.get(&lead.page()).await.status, 404);
    let (audited, messages) = (app.audited("lead_dispatched").await, messages_of(&app, "yunfan/wu").await);

    let follower = app.member("yunfan/wu").await.to_string();
    let answer = admin.fill(&lead.step("dispatch"), &[("follower", &follower)]).await;
    assert_eq!((answer.status, answer.location()), (303, lead.page().as_str()));

    let shown = admin.get(&lead.page()).await;
    assert!(shown.says("线索派发成功") && shown.says("吴海波"));
    let after = app.lead(&lead.id).await;
    assert_eq!((after.state.as_str(), after.follower.as_deref()), ("dispatched", Some("wu")));
    assert_eq!(wu.get(&lead.page()).await.status, 200);
    assert!(wu.get("/leads?sort=dispatched").await.listed().first() == Some(&lead.id));
    assert!(wu.get("/messages").await.says(&lead.display()));
    assert_eq!(messages_of(&app, "yunfan/wu").await, messages + 1);
    assert_eq!(app.audited("lead_dispatched").await, audited + 1);
    assert!(admin.get("/audit").await.says(&lead.display()));
}

async fn messages_of(app: &App, who: &str) -> i64 {
    app.number("SELECT COUNT(*) FROM inbox WHERE member_id = ?", [app.member(who).await.into()]).await
}

#[tokio::test]
async fn nobody_else_becomes_a_follower() {
    let app = App::new().await;
    app.tally().await;
    let admin = app.sign_in("yunfan/admin").await;
    let lead = app.a_lead("yunfan", "undispatched", None).await;
    let before = app.writes().await;
    let of_others = app.member("qingshan/he").await.to_string();
    let (sun, qian) = (app.member("yunfan/sun").await.to_string(), app.member("yunfan/qian").await.to_string());
    let never = uuid::Uuid::new_v4().to_string();
    for (follower, why) in [
        (sun.as_str(), TELESALES),
        (qian.as_str(), NOT_A_FOLLOWER),
        (of_others.as_str(), UNKNOWN),
        (never.as_str(), UNKNOWN),
        ("吴海波", UNKNOWN),
        ("", "请填写此项"),
    ] {
        let answer = admin.fill(&lead.step("dispatch"), &[("follower", follower)]).await;
        assert_eq!(answer.status, 422, "{follower}");
        assert!(answer.says(why), "{follower} is refused without saying: {why}");
        assert!(answer.says("id=\"follower-error\""), "not beside the field");
        let chosen = [("id", lead.id.as_str()), ("member", follower)];
        let batch = admin.fill(&format!("/lead-dispatch/chosen?id={}", lead.id), &chosen[1..]).await;
        assert_eq!(batch.status, 422, "{follower} in a batch");
        assert!(batch.says(why) && batch.says("id=\"member-error\""));
        assert_eq!(app.writes_since(&before).await, only_audit(0), "{follower}");
    }
    let wu = app.member("yunfan/wu").await.to_string();
    assert_eq!(admin.fill(&lead.step("dispatch"), &[("follower", &wu)]).await.status, 303);
}

#[tokio::test]
async fn a_disabled_member_is_no_follower() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let lead = app.a_lead("yunfan", "undispatched", None).await;
    let zhao = partner_center::ids::MemberId(app.member("yunfan/zhao").await);
    partner_center::people::admin::disable_member(&app.store, zhao, app.clock.now()).await.unwrap();
    let page = admin.get(&lead.step("dispatch")).await;
    assert!(!page.says("赵雨桐"));
    let answer = admin.fill(&lead.step("dispatch"), &[("follower", &zhao.to_string())]).await;
    assert_eq!(answer.status, 422);
    assert_eq!(app.lead(&lead.id).await.state, "undispatched");
}

#[tokio::test]
async fn a_lead_is_not_dispatched_to_whom_it_is_dispatched_already() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let lead = app.a_lead("yunfan", "following", Some("wu")).await;
    let (wu, chen) = (app.member("yunfan/wu").await.to_string(), app.member("yunfan/chen").await.to_string());
    let answer = admin.fill(&lead.step("dispatch"), &[("follower", &wu)]).await;
    assert_eq!(answer.status, 409);
    assert!(answer.says("线索已派发给该跟进人"));
    assert_eq!(admin.fill(&lead.step("dispatch"), &[("follower", &chen)]).await.status, 303);
}

#[tokio::test]
async fn a_closed_lead_is_not_dispatched() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let chen = app.member("yunfan/chen").await.to_string();
    for state in ["converted", "invalid"] {
        let lead = app.a_lead("yunfan", state, Some("wu")).await;
        assert_eq!(admin.get(&lead.step("dispatch")).await.status, 409, "{state}");
        assert_eq!(admin.post(&lead.step("dispatch"), &[("follower", &chen)]).await.status, 409, "{state}");
        assert_eq!(app.lead(&lead.id).await, lead);
    }
}

#[tokio::test]
async fn several_leads_are_dispatched_together_as_they_were_shown() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let wanted = crate::support::Wanted { tenant: "yunfan", state: "undispatched", ..Default::default() };
    let leads = app.leads(wanted).await;
    let (some, rest) = leads.split_at(3);
    let ids: Vec<String> = some.iter().map(|lead| format!("id={}", lead.id)).collect();
    let page = format!("/lead-dispatch/chosen?{}", ids.join("&"));
    let wu = app.member("yunfan/wu").await.to_string();
    let answer = admin.fill(&page, &[("member", &wu)]).await;
    assert_eq!((answer.status, answer.location()), (303, "/lead-dispatch"));
    for lead in some {
        assert_eq!(app.lead(&lead.id).await.follower.as_deref(), Some("wu"));
    }

    // All that match: one of them moves on between the page and the form, so nothing is done.
    let all = "/lead-dispatch/chosen?all=yes&state=undispatched";
    let body = admin.filled(all, &[("member", &wu)]).await;
    assert_eq!(admin.fill(&rest[0].step("dispatch"), &[("follower", &wu)]).await.status, 303);
    let stale = admin.send(admin.form("/lead-dispatch/chosen", body)).await;
    assert_eq!(stale.status, 409, "what was shown is not what would be dispatched");
    assert_eq!(app.lead(&rest[1].id).await.state, "undispatched");
    assert_eq!(admin.fill(all, &[("member", &wu)]).await.status, 303);
    assert!(app.leads(wanted).await.is_empty());
}

#[tokio::test]
async fn leads_of_others_in_a_batch_are_left_alone() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let (own, foreign) =
        (app.a_lead("yunfan", "undispatched", None).await, app.a_lead("qingshan", "undispatched", None).await);
    let page = format!("/lead-dispatch/chosen?id={}&id={}", own.id, foreign.id);
    let shown = admin.get(&page).await;
    assert!(shown.says(&own.display()) && !shown.says(&foreign.display()));
    let wu = app.member("yunfan/wu").await.to_string();
    admin.fill(&page, &[("member", &wu)]).await;
    assert_eq!(app.lead(&foreign.id).await, foreign);
    assert_eq!(admin.post("/lead-dispatch/chosen", &[("member", &wu)]).await.status, 422);
}

#[tokio::test]
async fn a_batch_says_how_many_went_and_why_the_others_stayed() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let wu = app.member("yunfan/wu").await.to_string();
    let foreign = app.a_lead("qingshan", "undispatched", None).await;
    let nothing = admin.post("/lead-dispatch/chosen", &[("member", &wu), ("id", &foreign.id)]).await;
    assert_eq!(nothing.status, 404, "nothing of it is there for this viewer");
    let own = app.a_lead("yunfan", "undispatched", None).await;
    let wanted = crate::support::Wanted { tenant: "yunfan", state: "converted", not_of: &["wu"], ..Default::default() };
    let closed = app.leads(wanted).await.remove(0);
    let fields = [("member", wu.as_str()), ("id", &own.id), ("id", &closed.id), ("id", &foreign.id)];
    assert_eq!(admin.post("/lead-dispatch/chosen", &fields).await.status, 303);
    let page = admin.get("/lead-dispatch").await;
    for word in ["线索派发成功，共 1 条", "1 条未派发：线索已关闭", "1 条未派发：不存在或不在您的数据范围内"]
    {
        assert!(page.says(word), "{word}");
    }
}

#[tokio::test]
async fn all_that_a_number_finds_is_one_lead() {
    let app = App::new().await;
    let lin = app.sign_in("yunfan/lin").await;
    let lead = app.a_lead("yunfan", "undispatched", None).await;
    let open = "SELECT COUNT(*) FROM leads WHERE state = 'undispatched'";
    let before = app.number(open, []).await;
    let chosen = format!("/lead-dispatch/chosen?all=yes&number={}", lead.display());
    let follower = app.member("yunfan/wu").await.to_string();
    let answer = lin.fill(&chosen, &[("member", &follower)]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!((app.lead(&lead.id).await.state.as_str(), app.number(open, []).await), ("dispatched", before - 1));
}
