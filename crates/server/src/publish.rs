//! Publishing the forms that the front end was built with, when the server starts.

use form::{Damaged, Form};
use store::{Again, Error, Published, Store, Thing};
use wire::FormEntry;

use crate::clock::Clock;
use crate::front::Files;

/// Where the built forms lie among the front end's files, each in one file named after it.
pub(crate) const FORMS: &str = "forms";
/// The one file there that is a list and not a form.
const INDEX: &str = "index.json";

/// Why the forms could not be published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// A built form cannot be read.
    #[error("{path}: {source}. Build the front end again with `cargo xtask web`")]
    Damaged {
        /// The file.
        path: String,
        /// What is wrong with it.
        source: Damaged,
    },
    /// A form was changed after its version was published.
    #[error("version {version} of `{name}` is published already and cannot be changed: raise its version")]
    Changed {
        /// The form's name.
        name: String,
        /// Its version.
        version: u32,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] Error),
}

/// Publishes every built form of a folder, and gives them by title.
pub(crate) async fn publish(
    store: &dyn Store,
    files: &Files,
    folder: &str,
    clock: &Clock,
    again: Again,
) -> Result<Vec<FormEntry>, PublishError> {
    let mut catalogue = Vec::new();
    for path in files.names(folder).await {
        let name = path.rsplit('/').next().unwrap_or_default();
        if name == INDEX || !name.ends_with(".json") {
            continue;
        }
        let bytes = files.read(&path).await.unwrap_or_default();
        let form = Form::from_json(&bytes).map_err(|source| PublishError::Damaged {
            path: path.clone(),
            source,
        })?;
        let published = Published {
            hash: form.hash(),
            name: form.name.clone(),
            version: form.version,
            title: form.title.clone(),
            at: clock.now(),
        };
        match store.publish(&published, &bytes, again).await {
            Err(Error::Taken(Thing::Form)) => {
                return Err(PublishError::Changed {
                    name: form.name.to_string(),
                    version: form.version,
                });
            }
            outcome => outcome?,
        }
        catalogue.push(FormEntry::from(&form));
    }
    catalogue.sort_by(|one, other| (&one.title, &one.name).cmp(&(&other.title, &other.name)));
    for form in &catalogue {
        tracing::info!(name = %form.name, version = form.version, hash = %form.hash, "a form can be filled in");
    }
    Ok(catalogue)
}
