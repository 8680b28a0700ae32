from django.db import migrations

# A migration that makes the table of versions anew on SQLite must make these again: they go with it.
TRIGGERS = [
    "CREATE TRIGGER procedures_words_insert AFTER INSERT ON procedures_procedureversion "
    "WHEN NEW.valid_from IS NOT NULL BEGIN "
    "INSERT INTO procedures_words (rowid, folded) VALUES (NEW.id, NEW.folded); "
    "END",
    "CREATE TRIGGER procedures_words_update "
    "AFTER UPDATE OF folded, valid_from ON procedures_procedureversion "
    "WHEN OLD.folded IS NOT NEW.folded OR (OLD.valid_from IS NULL) <> (NEW.valid_from IS NULL) "
    "BEGIN "
    "DELETE FROM procedures_words WHERE rowid = OLD.id; "
    "INSERT INTO procedures_words (rowid, folded) "
    "SELECT NEW.id, NEW.folded WHERE NEW.valid_from IS NOT NULL; "
    "END",
    "CREATE TRIGGER procedures_words_delete AFTER DELETE ON procedures_procedureversion "
    "WHEN OLD.valid_from IS NOT NULL BEGIN "
    "DELETE FROM procedures_words WHERE rowid = OLD.id; "
    "END",
]
SQLITE = [
    "CREATE VIRTUAL TABLE procedures_words USING fts5(folded, columnsize=0, tokenize='trigram')",
    "INSERT INTO procedures_words (rowid, folded) "
    "SELECT id, folded FROM procedures_procedureversion WHERE valid_from IS NOT NULL",
    *TRIGGERS,
]
POSTGRES = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX version_words ON procedures_procedureversion "
    "USING gin (folded gin_trgm_ops) WHERE valid_from IS NOT NULL",
]


def create(apps, schema_editor):
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("insert", "update", "delete"):
            schema_editor.execute(f"DROP TRIGGER procedures_words_{name}")
        schema_editor.execute("DROP TABLE procedures_words")
    else:
        schema_editor.execute("DROP INDEX version_words")


class Migration(migrations.Migration):

    dependencies = [
        ("procedures", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(create, drop),
    ]
