//! Puts the app on the page. It knows nothing of forms, records or the network.

use firsthand_app::App;
use leptos::mount::mount_to_body;

fn main() {
    firsthand_app::last_words::prepare();
    mount_to_body(App);
}
