//! The list: whose messages, narrowed and marked.

use crate::support::App;

#[tokio::test]
async fn a_dispatched_lead_is_told_to_its_follower_alone() {
    let app = App::new().await;
    let (admin, wu) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/wu").await);
    let lead = app.a_lead("yunfan", "undispatched", None).await;
    let follower = app.member("yunfan/wu").await.to_string();
    assert_eq!(admin.post(&lead.step("dispatch"), &[("follower", &follower)]).await.status, 303);
    let told = format!("线索 {} 已派发给您", lead.display());
    assert!(wu.get("/messages?read=no").await.says(&told));
    assert!(!admin.get("/messages?size=100").await.says(&told));
    assert!(!wu.get("/messages?group=files&size=100").await.says(&told));
    assert!(!wu.get("/messages?read=yes&size=100").await.says(&told));
    assert!(!wu.get("/messages?size=100").await.says(&lead.company), "no name of a customer is told");
}

#[tokio::test]
async fn a_returned_lead_is_told_to_whoever_dispatched_it() {
    let app = App::new().await;
    let (lin, wu) = (app.sign_in("yunfan/lin").await, app.sign_in("yunfan/wu").await);
    let lead = app.a_lead("yunfan", "undispatched", None).await;
    let follower = app.member("yunfan/wu").await.to_string();
    lin.post(&lead.step("dispatch"), &[("follower", &follower)]).await;
    app.clock.advance(60);
    assert_eq!(wu.post(&lead.step("return"), &[("content", "不在我的区域")]).await.status, 303);
    assert!(lin.get("/messages").await.says(&format!("吴海波退回了线索 {}", lead.display())));
    // Whom it is not any more is told no number of it.
    assert!(!wu.get("/messages?size=100").await.says(&lead.display()));
}

#[tokio::test]
async fn a_returned_lead_is_told_to_administrators_where_its_dispatcher_is_gone() {
    let app = App::new().await;
    let (lin, wu) = (app.sign_in("yunfan/lin").await, app.sign_in("yunfan/wu").await);
    let lead = app.a_lead("yunfan", "undispatched", None).await;
    let follower = app.member("yunfan/wu").await.to_string();
    lin.post(&lead.step("dispatch"), &[("follower", &follower)]).await;
    let gone = partner_center::ids::MemberId(app.member("yunfan/lin").await);
    partner_center::people::admin::disable_member(&app.store, gone, app.clock.now()).await.unwrap();
    assert_eq!(wu.post(&lead.step("return"), &[("content", "不在我的区域")]).await.status, 303);
    let admin = app.sign_in("yunfan/admin").await;
    assert!(admin.get("/messages").await.says(&format!("吴海波退回了线索 {}", lead.display())));
}

#[tokio::test]
async fn one_message_is_marked_and_the_others_stay() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let me = app.member("yunfan/wu").await;
    let sql = "SELECT COUNT(*) FROM inbox WHERE member_id = ? AND read_at = 0";
    let before = app.number(sql, [me.into()]).await;
    assert!(before > 1, "the demo has unread messages");
    let row = &app.rows("SELECT id FROM inbox WHERE member_id = ? AND read_at = 0", [me.into()]).await[0];
    let id = row.try_get_by_index::<uuid::Uuid>(0).unwrap().to_string();
    let answer = wu.post("/messages", &[("id", &id), ("back", "/messages?read=no")]).await;
    assert_eq!((answer.status, answer.location()), (303, "/messages?read=no"));
    assert_eq!(app.number(sql, [me.into()]).await, before - 1);
    let chen = app.sign_in("yunfan/chen").await;
    assert_eq!(chen.post("/messages", &[("id", &id)]).await.status, 404, "somebody else's message");
}

#[tokio::test]
async fn all_are_marked_that_the_page_showed_and_none_that_came_since() {
    let app = App::new().await;
    let (lin, wu) = (app.sign_in("yunfan/lin").await, app.sign_in("yunfan/wu").await);
    let follower = app.member("yunfan/wu").await;
    let dispatch = async || {
        let lead = app.a_lead("yunfan", "undispatched", None).await;
        assert_eq!(lin.post(&lead.step("dispatch"), &[("follower", &follower.to_string())]).await.status, 303);
        lead
    };
    let unread = async |more: &str| {
        let sql = format!("SELECT COUNT(*) FROM inbox WHERE member_id = ? AND read_at = 0 {more}");
        app.number(&sql, [follower.into()]).await
    };
    dispatch().await;
    let one_of_files = "UPDATE inbox SET kind = 'export_ended' WHERE number = (SELECT MIN(number) FROM inbox WHERE member_id = ? AND read_at = 0)";
    app.change(one_of_files, [follower.into()]).await;
    let (before, of_files) = (unread("").await, 1);
    assert!(before > of_files);

    let (all, leads) = (wu.filled("/messages", &[]).await, wu.filled("/messages?group=leads", &[]).await);
    app.clock.advance(1);
    let lead = dispatch().await;
    assert_eq!(wu.send(wu.form("/messages", leads)).await.status, 303);
    assert_eq!(unread("").await, of_files + 1, "the other group and what has come since stay unread");
    assert_eq!(wu.send(wu.form("/messages", all)).await.status, 303);
    assert_eq!(unread("").await, 1, "what has come since stays unread");
    let home = wu.get("/").await;
    assert!(home.says("href=\"/messages?read=no\"") && wu.get("/messages?read=no").await.says(&lead.display()));
}

#[tokio::test]
async fn an_address_that_no_page_links_to_makes_no_sense() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    for query in ["group=gossip", "read=maybe", "page=0", "size=7"] {
        assert_eq!(wu.get(&format!("/messages?{query}")).await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn the_outbox_of_the_demo_is_nowhere_else() {
    let app = App::new().await;
    assert_eq!(app.sign_in("yunfan/admin").await.get("/demo/outbox").await.status, 404);
}
