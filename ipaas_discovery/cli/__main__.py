"""Command line as `python -m ipaas_discovery.cli`, if its program is not on the path."""

from ipaas_discovery.cli.app import app

if __name__ == "__main__":
    app(prog_name="ipaas-discovery")
