//! What keeps the tables of calls small and quick.

use partner_center::calls;

use super::support::{Scene, TALK, number};
use crate::support::is_postgres;

/// The conditions of each look for work, as the job writes them.
const LOOKS: [&str; 4] = [
    "calls.state <> 'ended' AND calls.state = 'queued' AND calls.lease_until <= 5",
    "calls.state <> 'ended' AND calls.cancelled_at <> 0 AND calls.stopped_at = 0 AND calls.provider_call IS NOT NULL",
    "calls.state <> 'ended' AND calls.provider = 'simulator' AND calls.due_at <= 5",
    "calls.state <> 'ended' AND (calls.heard_at <= 5 OR (calls.state <> 'answered' AND calls.heard_at <= 9))",
];

#[tokio::test]
async fn looking_for_work_reads_only_calls_that_go_on() {
    let scene = Scene::new().await;
    let lead = scene.lead("找活", &number(TALK, 0)).await;
    scene.ended(&lead).await;
    for look in LOOKS {
        let query = format!("SELECT * FROM calls WHERE {look} ORDER BY calls.created_at LIMIT 1");
        let plan = if is_postgres() {
            scene.app.planned(&query).await.join("\n")
        } else {
            let rows = scene.app.rows(&format!("EXPLAIN QUERY PLAN {query}"), []).await;
            rows.iter().map(|row| row.try_get_by::<String, _>("detail").unwrap()).collect::<Vec<_>>().join("\n")
        };
        assert!(plan.contains("calls_going_on"), "{look}: {plan}");
    }
}

#[tokio::test]
async fn what_was_reported_of_a_call_is_forgotten_after_thirty_days_and_the_call_is_not() {
    let scene = Scene::new().await;
    let lead = scene.lead("上报", &number(TALK, 1)).await;
    let call = scene.ended(&lead).await;
    let reports = async || scene.app.number("SELECT COUNT(*) FROM call_reports", []).await;
    let told = reports().await;
    assert!(told > 0);
    let sweep = async || calls::sweep(&scene.app.store, scene.app.clock.now()).await.unwrap();
    assert_eq!(sweep().await, 0, "reports of today are known when they come again");
    scene.app.clock.advance(29 * 86_400);
    assert_eq!((sweep().await, reports().await), (0, told));
    scene.app.clock.advance(86_400);
    assert_eq!((sweep().await, reports().await), (told as u64, 0));
    assert_eq!(scene.column(&call, "result").await, "completed");
}
