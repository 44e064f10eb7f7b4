//! Settings of how a server is operated, as the settings file has them.

use super::{ConfigError, Settings};

/// Days that AWS keeps ended executions (feature map, API-907).
const RETENTION_DAYS: u32 = 90;
/// More days are a mistake: a hundred years.
const MOST_DAYS: u32 = 36_500;

/// How a server is operated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Days that ended executions are kept; 0 keeps them for ever.
    pub retention_days: u32,
}

impl Default for Operation {
    fn default() -> Self {
        Self {
            retention_days: RETENTION_DAYS,
        }
    }
}

impl Operation {
    /// The settings with their defaults, once they are found to make sense.
    pub(super) fn read(settings: &Settings) -> Result<Self, ConfigError> {
        let standard = Self::default();
        let retention_days = settings.retention_days.unwrap_or(standard.retention_days);
        if retention_days > MOST_DAYS {
            return Err(ConfigError::wrong(
                "retentionDays",
                format!(
                    "{retention_days} days are more than {MOST_DAYS}; 0 keeps ended executions for ever"
                ),
            ));
        }
        Ok(Self { retention_days })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Operation, String> {
        let settings: Settings = serde_json::from_str(text).map_err(|error| error.to_string())?;
        Operation::read(&settings).map_err(|error| error.to_string())
    }

    #[test]
    fn retention_is_ninety_days_unless_told_otherwise_and_a_wrong_value_names_its_setting() {
        assert_eq!(read("{}").unwrap().retention_days, 90);
        assert_eq!(read(r#"{"retentionDays": 0}"#).unwrap().retention_days, 0);
        let fault = read(r#"{"retentionDays": 40000}"#).unwrap_err();
        assert!(
            fault.contains("retentionDays") && fault.contains("36500"),
            "{fault}"
        );
        assert!(read(r#"{"retentionDays": -1}"#).unwrap_err().contains("-1"));
    }
}
