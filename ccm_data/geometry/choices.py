"""What the map decides about areas: who is merged, who is neutral, which side of the cut an area lies on."""

from ccm_data.geometry.projection import WEST_EDGE

MERGED = {"SOL": "SOM", "CYN": "CYP"}
"""Areas that the atlas draws apart and the map draws as part of a state."""

DROPPED = frozenset({"ATA"})

WEST_EDGES = {
    "USA": -189.0,  # the Aleutians past the cut stay with Alaska, instead of off Kamchatka
    "COK": -155.0,  # the Cook Islands stand beside Niue, instead of alone at the left edge
}
"""Degrees east of the left edge for areas that do not use the map's own; see `west_edge`."""

NEUTRAL_NAMES = {
    "ABW": "Aruba",
    "AIA": "Anguilla",
    "ALA": "Åland Islands",
    "ASM": "American Samoa",
    "ATC": "Ashmore and Cartier Islands",
    "ATF": "French Southern Territories",
    "BLM": "Saint Barthélemy",
    "BMU": "Bermuda",
    "CUW": "Curaçao",
    "CYM": "Cayman Islands",
    "ESH": "Western Sahara",
    "FLK": "Falkland Islands (Malvinas)",
    "FRO": "Faroe Islands",
    "GGY": "Guernsey",
    "GRL": "Greenland",
    "GUM": "Guam",
    "HKG": "Hong Kong SAR, China",
    "HMD": "Heard Island and McDonald Islands",
    "IMN": "Isle of Man",
    "IOA": "Christmas and Cocos (Keeling) Islands",
    "IOT": "British Indian Ocean Territory",
    "JEY": "Jersey",
    "KAS": "Siachen Glacier",
    "MAC": "Macao SAR, China",
    "MAF": "Saint Martin (French part)",
    "MNP": "Northern Mariana Islands",
    "MSR": "Montserrat",
    "NCL": "New Caledonia",
    "NFK": "Norfolk Island",
    "PCN": "Pitcairn",
    "PRI": "Puerto Rico",
    "PYF": "French Polynesia",
    "SGS": "South Georgia and the South Sandwich Islands",
    "SHN": "Saint Helena",
    "SPM": "Saint Pierre and Miquelon",
    "SXM": "Sint Maarten (Dutch part)",
    "TCA": "Turks and Caicos Islands",
    "TWN": "Taiwan",
    "VGB": "British Virgin Islands",
    "VIR": "United States Virgin Islands",
    "WLF": "Wallis and Futuna Islands",
    "XKX": "Kosovo (status: SC resolution 1244 (1999))",
}
"""Areas of the atlas that are not among the 197 states: drawn grey, without status. Names as in the UN's
M49 list where it has the area."""

DISCLAIMER = (
    "The map is a drawing aid. Borders, names and colours on it express no opinion of the coordinators or of "
    "the Convention's States Parties on the legal status of any country or area or on its borders. "
    "Grey areas carry no status. Shapes: Natural Earth 1:50m, adapted by Visionscarto."
)


def west_edge(code: str) -> float:
    """The meridian, in degrees east, from which the area's longitudes are counted up to the right edge."""
    return WEST_EDGES.get(code, WEST_EDGE)
