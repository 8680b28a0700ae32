from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE search_index USING fts5("
    "tokens, detail=none, columnsize=0, tokenize=\"ascii tokenchars '_'\")",
]
POSTGRES = [
    "CREATE TABLE search_index (id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
    # Out of the row, so that a walk over many rows reads few pages; and no statistics of words:
    # every search names a block of keys, which is always the better way in.
    "ALTER TABLE search_index ALTER COLUMN tokens SET STORAGE EXTENDED",
    "ALTER TABLE search_index ALTER COLUMN tokens SET STATISTICS 0",
    "ALTER TABLE search_index SET (toast_tuple_target = 128)",
    "CREATE INDEX search_index_tokens ON search_index USING gin (tokens) "
    "WITH (fastupdate = on, gin_pending_list_limit = 512)",
]


def create(apps, schema_editor):
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_index")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
