"""The web app, for `streamlit run app.py`; `risk-kit serve` runs the same page."""

from risk_kit.web.page import main

main()
