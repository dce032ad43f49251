from pathlib import Path
import duckdb
SQL=(Path(__file__).parent/'duckdb_figures.sql').read_text()
