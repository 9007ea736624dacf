//! A small chart of bars, drawn on the server: a picture with a title and a description, and the same numbers in a table
//! beside it.

use leptos::prelude::*;

/// One colour of bars.
pub struct Series {
    pub name: &'static str,
    /// Each value, and how it is written.
    pub values: Vec<(u64, String)>,
}

const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 200.0;
/// The room for numbers on the left and for labels below.
const LEFT: f64 = 44.0;
const BELOW: f64 = 24.0;
const ABOVE: f64 = 8.0;

/// Bars by group, each group with its label; the table has a row for each group.
#[component]
pub fn BarChart(
    title: &'static str,
    /// The picture in one sentence.
    summary: String,
    /// The heading of the groups in the table.
    group: &'static str,
    /// Each group: short below the bars, whole in the table.
    groups: Vec<(String, String)>,
    series: Vec<Series>,
) -> impl IntoView {
    let top = nice(series.iter().flat_map(|series| &series.values).map(|(value, _)| *value).max().unwrap_or(0));
    let height = |value: u64| (HEIGHT - ABOVE - BELOW) * value as f64 / top as f64;
    let floor = HEIGHT - BELOW;
    let lines = [0, top / 2, top].into_iter().map(|value| {
        let y = floor - height(value);
        view! {
            <line class="chart__line" x1=LEFT x2=WIDTH y1=y y2=y />
            <text class="chart__text" x=LEFT - 6.0 y=y + 4.0 text-anchor="end">
                {value}
            </text>
        }
    });
    let lines = lines.collect_view();
    let room = (WIDTH - LEFT) / groups.len().max(1) as f64;
    let bar = room * 0.7 / series.len().max(1) as f64;
    let bars = series.iter().enumerate().map(|(which, series)| {
        let class = format!("chart__bar chart__bar--{}", which + 1);
        let bars = series.values.iter().enumerate().map(|(place, (value, _))| {
            let x = LEFT + room * (place as f64 + 0.15) + bar * which as f64;
            let height = height(*value);
            view! { <rect x=round(x) y=round(floor - height) width=round(bar) height=round(height) /> }
        });
        view! { <g class=class>{bars.collect_view()}</g> }
    });
    let bars = bars.collect_view();
    let labels = groups.iter().enumerate().map(|(place, (short, _))| {
        let x = LEFT + room * (place as f64 + 0.5);
        view! { <text class="chart__text" x=round(x) y=HEIGHT - 6.0 text-anchor="middle">{short.clone()}</text> }
    });
    let labels = labels.collect_view();
    let legend = series.iter().enumerate().map(|(which, series)| {
        let class = format!("chart__mark chart__mark--{}", which + 1);
        view! { <li><span class=class aria-hidden="true"></span> {series.name}</li> }
    });
    let legend = legend.collect_view();
    let heads = series.iter().map(|series| view! { <th scope="col" class="is-numeric">{series.name}</th> });
    let heads = heads.collect_view();
    let rows = groups.into_iter().enumerate().map(|(place, (_, whole))| {
        let cells = series.iter().map(|series| {
            let written = series.values.get(place).map(|(_, written)| written.clone());
            view! { <td class="is-numeric">{written}</td> }
        });
        let cells = cells.collect_view();
        view! { <tr><th scope="row">{whole}</th> {cells}</tr> }
    });
    let rows = rows.collect_view();
    view! {
        <figure class="chart">
            <div>
                <svg class="chart__picture" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-labelledby="chart-title chart-summary">
                    <title id="chart-title">{title}</title>
                    <desc id="chart-summary">{summary}</desc>
                    {lines}
                    {bars}
                    {labels}
                </svg>
                <ul class="chart__legend">{legend}</ul>
            </div>
            <table class="chart__table">
                <caption class="visually-hidden">{title}</caption>
                <thead>
                    <tr>
                        <th scope="col">{group}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </figure>
    }
}

/// The top of the scale: an even number that reads well and is no smaller than the largest value.
fn nice(largest: u64) -> u64 {
    let mut step = 1;
    loop {
        for times in [2, 4, 6, 8, 10] {
            if largest <= times * step {
                return times * step;
            }
        }
        step *= 10;
    }
}

fn round(pixels: f64) -> f64 {
    (pixels * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_at_a_number_that_reads_well() {
        let tops: Vec<u64> = [0, 1, 3, 7, 10, 11, 60, 61, 101, 10_001].into_iter().map(nice).collect();
        assert_eq!(tops, [2, 2, 4, 8, 10, 20, 60, 80, 200, 20_000]);
    }
}
