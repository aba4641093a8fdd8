"""`python -m tools.sandbox [folder]`: write the sandbox's records again."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.sandbox.write import write_records

if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "data" / "sandbox"
    print(f"{write_records(target):,} bytes of synthetic records in {target}")
