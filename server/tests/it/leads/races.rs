//! Two people at once, on two servers.

use tokio::task::JoinSet;

use crate::support::{Answer, App, Client, Wanted};

/// Sends two forms at the same moment and says both statuses, the smaller first.
async fn at_once(one: (&Client, &str, String), other: (&Client, &str, String)) -> [Answer; 2] {
    let send = |(client, address, body): (&Client, &str, String)| {
        let client = client.clone();
        let request = client.form(address, body);
        tokio::spawn(async move { client.send(request).await })
    };
    let (one, other) = (send(one), send(other));
    [one.await.unwrap(), other.await.unwrap()]
}

fn statuses(answers: &[Answer; 2]) -> [u16; 2] {
    let mut statuses = [answers[0].status, answers[1].status];
    statuses.sort_unstable();
    statuses
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_simultaneous_dispatches_one_wins() {
    let app = App::new().await;
    let second = app.second_server().await;
    let (admin, lin) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/lin").await.at(&second));
    let (wu, chen) = (app.member("yunfan/wu").await.to_string(), app.member("yunfan/chen").await.to_string());
    let of = |state| Wanted { tenant: "yunfan", state, not_of: &["wu", "chen"], ..Wanted::default() };
    let mut leads = app.leads(of("undispatched")).await;
    leads.extend(app.leads(of("following")).await);
    leads.truncate(200);
    assert_eq!(leads.len(), 200);
    let (messages, audited) =
        (app.number("SELECT COUNT(*) FROM inbox", []).await, app.audited("lead_dispatched").await);
    for lead in &leads {
        let page = lead.step("dispatch");
        let one = admin.filled(&page, &[("follower", &wu)]).await;
        let other = lin.filled(&page, &[("follower", &chen)]).await;
        let answers = at_once((&admin, &page, one), (&lin, &page, other)).await;
        assert_eq!(statuses(&answers), [303, 409], "{}", lead.display());
        assert!(answers.iter().any(|answer| answer.says("该线索刚刚被其他人更新")), "{}", lead.display());
        let winner = if answers[0].status == 303 { "wu" } else { "chen" };
        assert_eq!(app.lead(&lead.id).await.follower.as_deref(), Some(winner));
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM inbox", []).await, messages + 200);
    assert_eq!(app.audited("lead_dispatched").await, audited + 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lead_is_followed_up_or_returned_but_not_both() {
    let app = App::new().await;
    let second = app.second_server().await;
    let wu = app.sign_in("yunfan/wu").await;
    let there = wu.at(&second);
    let wanted = Wanted { tenant: "yunfan", state: "dispatched", follower: Some("wu"), ..Wanted::default() };
    let leads = app.leads(wanted).await;
    for lead in leads.iter().take(60) {
        let entries = "SELECT COUNT(*) FROM lead_entries e JOIN leads l ON l.id = e.lead_id WHERE l.number = ?";
        let before = app.number(entries, [lead.number.into()]).await;
        let (follow, back) = (lead.step("follow"), lead.step("return"));
        let one = wu.filled(&follow, &[("way", "phone"), ("outcome", "unreached"), ("content", "无人接听")]).await;
        let other = there.filled(&back, &[("content", "不在我的区域")]).await;
        let answers = at_once((&wu, &follow, one), (&there, &back, other)).await;
        let after = app.lead(&lead.id).await;
        match (answers[0].status, answers[1].status) {
            (303, 409) => assert_eq!((after.state.as_str(), after.follower.as_deref()), ("following", Some("wu"))),
            // Returned first, it is nobody's any more: its former follower does not even see it.
            (404 | 409, 303) => assert_eq!((after.state.as_str(), after.follower.as_deref()), ("undispatched", None)),
            other => panic!("{}: {other:?}", lead.display()),
        }
        assert_eq!(app.number(entries, [lead.number.into()]).await, before + 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_simultaneous_first_follow_ups_one_wins() {
    let app = App::new().await;
    let second = app.second_server().await;
    let (wu, admin) = (app.sign_in("yunfan/wu").await, app.sign_in("yunfan/admin").await.at(&second));
    let wanted = Wanted { tenant: "yunfan", state: "dispatched", follower: Some("wu"), ..Wanted::default() };
    for lead in app.leads(wanted).await.iter().take(60) {
        let page = lead.step("follow");
        let lost = [("way", "phone"), ("outcome", "invalid"), ("content", "空号"), ("reason", "wrong_number")];
        let one = wu.filled(&page, &[("way", "phone"), ("outcome", "developed"), ("content", "已签约")]).await;
        let other = admin.filled(&page, &lost).await;
        let answers = at_once((&wu, &page, one), (&admin, &page, other)).await;
        assert_eq!(statuses(&answers), [303, 409], "{}", lead.display());
        let state = if answers[0].status == 303 { "following" } else { "invalid" };
        assert_eq!(app.lead(&lead.id).await.state, state);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_simultaneous_twins_one_is_entered() {
    let app = App::new().await;
    let second = app.second_server().await;
    let (admin, chen) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/chen").await.at(&second));
    for round in 0..40 {
        let (company, phone) = (format!("双生{round}有限公司"), format!("1393333{round:04}"));
        let fields = [("company", &*company), ("contact", "李小明"), ("phone", &*phone), ("source", "own")];
        let (one, other) = (admin.filled("/leads/new", &fields).await, chen.filled("/leads/new", &fields).await);
        let answers = at_once((&admin, "/leads/new", one), (&chen, "/leads/new", other)).await;
        // Whoever meets one twin after the other would be stopped.
        app.clock.advance(7);
        assert_eq!(statuses(&answers), [303, 422], "{company}");
        assert_eq!(app.number("SELECT COUNT(*) FROM leads WHERE company = ?", [company.as_str().into()]).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_is_sent_many_times_at_once_counts_once() {
    let app = App::new().await;
    let second = app.second_server().await;
    let admin = app.sign_in("yunfan/admin").await;
    for round in 0..10 {
        let (company, phone) = (format!("连击{round}有限公司"), format!("1394444{round:04}"));
        let fields = [("company", &*company), ("contact", "李小明"), ("phone", &*phone), ("source", "own")];
        let body = admin.filled("/leads/new", &fields).await;
        let mut sent = JoinSet::new();
        for server in [&app.server, &second, &app.server, &second] {
            let client = admin.at(server);
            let request = client.form("/leads/new", body.clone());
            sent.spawn(async move { client.send(request).await });
        }
        let answers = sent.join_all().await;
        let id = app.rows("SELECT id FROM leads WHERE company = ?", [company.as_str().into()]).await;
        assert_eq!(id.len(), 1, "{company}");
        let id: uuid::Uuid = id[0].try_get_by_index(0).unwrap();
        for answer in &answers {
            assert_eq!((answer.status, answer.location()), (303, format!("/leads/{id}").as_str()));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_large_batches_of_the_same_leads_do_not_wait_for_each_other() {
    let app = App::new().await;
    let second = app.second_server().await;
    let (admin, lin) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/lin").await.at(&second));
    let (wu, chen) = (app.member("yunfan/wu").await.to_string(), app.member("yunfan/chen").await.to_string());
    let all = Wanted { tenant: "yunfan", ..Wanted::default() };
    let open = app.leads(all).await.into_iter().filter(|lead| !["converted", "invalid"].contains(&lead.state.as_str()));
    let ids: Vec<String> = open.take(1_000).map(|lead| lead.id).collect();
    assert_eq!(ids.len(), 1_000);
    for _ in 0..3 {
        let body = |member: &str, ids: &mut dyn Iterator<Item = &String>| {
            format!("member={member}&{}", ids.map(|id| format!("id={id}")).collect::<Vec<_>>().join("&"))
        };
        let (one, other) = (body(&wu, &mut ids.iter()), body(&chen, &mut ids.iter().rev()));
        let page = "/lead-dispatch/chosen";
        let answers = at_once((&admin, page, one), (&lin, page, other)).await;
        assert_eq!(statuses(&answers), [303, 303]);
        let followers = "SELECT COUNT(DISTINCT follower_id) FROM leads WHERE state = 'dispatched' AND dispatched_at = (SELECT MAX(dispatched_at) FROM leads)";
        assert!(app.number(followers, []).await >= 1);
        app.clock.advance(1);
    }
}
