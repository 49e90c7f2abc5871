"""Dash and Plotly as one would begin; starts with the options that Streamlit takes."""

import sys
from pathlib import Path

import choropleth
import world
from dash import Dash, Input, Output, dcc, html

app = Dash(__name__, serve_locally=True)
app.layout = html.Div(
    [
        dcc.Checklist([{"value": code, "label": label} for code, label in world.LABELS.items()], [], id="wanted"),
        dcc.Graph(
            id="world", figure=choropleth.figure(()),
            config=choropleth.without_network(Path(__file__).parent / "assets", "/assets/"),
        ),
    ]
)  # fmt: skip


@app.callback(Output("world", "figure"), Input("wanted", "value"), prevent_initial_call=True)
def draw(wanted: list[str]) -> object:
    """The map of these target categories."""
    return choropleth.figure(wanted)


@app.server.route("/_stcore/health")
def health() -> str:
    """Says that it runs, where Streamlit does."""
    return "ok"


app.run(port=int(sys.argv[sys.argv.index("--server.port") + 1]), debug=False)
